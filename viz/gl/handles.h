// GL objects that are given back when their owner goes. The context they were made in must be
// current then.
#pragma once

#include <utility>

namespace kv::gl {

using Name = unsigned;

// `Free` takes the name; 0 is none.
template <void (*Free)(Name)>
class Handle {
 public:
  Handle() = default;
  explicit Handle(Name name) : name_(name) {}
  Handle(Handle&& other) noexcept : name_(std::exchange(other.name_, 0)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(name_, other.name_);
    return *this;
  }
  ~Handle() {
    if (name_) Free(name_);
  }
  Name get() const { return name_; }
  explicit operator bool() const { return name_ != 0; }

 private:
  Name name_ = 0;
};

void free_texture(Name name);
void free_shader(Name name);
void free_program(Name name);
void free_vertex_array(Name name);
void free_framebuffer(Name name);

using Texture = Handle<free_texture>;
using Shader = Handle<free_shader>;
using Program = Handle<free_program>;
using VertexArray = Handle<free_vertex_array>;
using Framebuffer = Handle<free_framebuffer>;

Texture make_texture();
VertexArray make_vertex_array();
Framebuffer make_framebuffer();

// How many textures, buffers, programs, vertex arrays and framebuffers the current context has,
// whoever made them, of the first `names` of each: to see that none are forgotten.
int count_objects(Name names = 4096);

}  // namespace kv::gl
