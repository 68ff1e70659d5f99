// An OpenGL context without a display.
#pragma once

#include <memory>

namespace kv::gl {

class EglContext {
 public:
  // Current on the calling thread: of the surfaceless platform, else of the first device that can.
  // Null where there is none of version 3.3. At most one at a time: displays are shared.
  static std::unique_ptr<EglContext> open();
  EglContext() = default;
  EglContext(const EglContext&) = delete;
  EglContext& operator=(const EglContext&) = delete;
  ~EglContext();

  bool make_current() const;

 private:
  bool open_on(unsigned platform, void* native);
  void* display_ = nullptr;
  void* context_ = nullptr;
};

}  // namespace kv::gl
