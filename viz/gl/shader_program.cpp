#include "viz/gl/shader_program.h"

#include <fstream>
#include <sstream>

#include "viz/gl/gl_api.h"

namespace kv::gl {
namespace {

using core::Error;
using core::ErrorKind;
using core::Result;

Error refused(const std::string& what, const char* log) {
  const std::string text(log);
  return {ErrorKind::machine, what + ": refused by the OpenGL driver: " +
                                  core::quoted(text.substr(0, text.find('\n')), 200)};
}

Result<Shader> compile(const std::string& path, GLenum kind, const std::string& defined) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf()))
    return core::input_error(path, "", "no such file", "a shader of the program");
  std::string source = text.str();
  // Behind the version, which must be the first line.
  if (!defined.empty()) source.insert(source.find('\n') + 1, "#define " + defined + "\n");
  const char* const begin = source.c_str();
  Shader shader(glCreateShader(kind));
  glShaderSource(shader.get(), 1, &begin, nullptr);
  glCompileShader(shader.get());
  GLint good = 0;
  glGetShaderiv(shader.get(), GL_COMPILE_STATUS, &good);
  if (good) return shader;
  char log[512] = "";
  glGetShaderInfoLog(shader.get(), sizeof log, nullptr, log);
  return refused(path, log);
}

}  // namespace

Result<Program> load_program(const std::string& folder, const std::string& name,
                             const std::string& defined) {
  const std::string base = folder + "/" + name;
  auto vertex = compile(base + ".vert", GL_VERTEX_SHADER, defined);
  if (!vertex) return vertex.error();
  auto fragment = compile(base + ".frag", GL_FRAGMENT_SHADER, defined);
  if (!fragment) return fragment.error();
  Program program(glCreateProgram());
  glAttachShader(program.get(), vertex->get());
  glAttachShader(program.get(), fragment->get());
  glLinkProgram(program.get());
  GLint good = 0;
  glGetProgramiv(program.get(), GL_LINK_STATUS, &good);
  if (good) return program;
  char log[512] = "";
  glGetProgramInfoLog(program.get(), sizeof log, nullptr, log);
  return refused(base, log);
}

}  // namespace kv::gl
