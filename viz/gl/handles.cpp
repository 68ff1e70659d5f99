#include "viz/gl/handles.h"

#include "viz/gl/gl_api.h"

namespace kv::gl {

void free_texture(Name name) { glDeleteTextures(1, &name); }
void free_shader(Name name) { glDeleteShader(name); }
void free_program(Name name) { glDeleteProgram(name); }
void free_vertex_array(Name name) { glDeleteVertexArrays(1, &name); }
void free_framebuffer(Name name) { glDeleteFramebuffers(1, &name); }

Texture make_texture() {
  Name name = 0;
  glGenTextures(1, &name);
  return Texture(name);
}

VertexArray make_vertex_array() {
  Name name = 0;
  glGenVertexArrays(1, &name);
  return VertexArray(name);
}

Framebuffer make_framebuffer() {
  Name name = 0;
  glGenFramebuffers(1, &name);
  return Framebuffer(name);
}

int count_objects(Name names) {
  int count = 0;
  for (Name name = 1; name <= names; ++name)
    count += glIsTexture(name) + glIsBuffer(name) + glIsProgram(name) + glIsShader(name) +
             glIsVertexArray(name) + glIsFramebuffer(name);
  return count;
}

}  // namespace kv::gl
