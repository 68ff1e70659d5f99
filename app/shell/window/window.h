// A window with OpenGL, its events gathered into a plain value. GLFW stays behind it.
#pragma once

#include <memory>
#include <string>

#include "app/shell/window/input.h"
#include "core/base/error.h"
#include "viz/gl/gui.h"

struct GLFWwindow;

namespace kv::app {

// Whether this process could show a window at all.
bool has_display();

class Window {
 public:
  // A machine error where there is no display or no OpenGL 3.3. Its context is current afterwards.
  static core::Result<std::unique_ptr<Window>> open(const std::string& title);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // Sleeps until something happens, wake() is called, or the time is over; 0 only looks.
  void wait(double seconds);
  // From any thread.
  static void wake();
  // What happened since the last call.
  Input take_input();

  bool should_close() const;
  gl::Pixels size() const;  // 0x0 while minimised
  bool visible() const;     // neither minimised nor of no size
  void toggle_fullscreen();
  bool is_fullscreen() const { return fullscreen_; }
  void set_title(const std::string& title);
  // The desktop's clipboard; "" where it holds no text.
  void set_clipboard(const std::string& text);
  std::string clipboard() const;
  void show_frame();  // what was drawn last
  GLFWwindow* handle() const { return window_; }

 private:
  explicit Window(GLFWwindow* window) : window_(window) {}
  void listen();
  void follow(Mouse mouse);
  void expose();

  GLFWwindow* window_;
  Input input_;
  Mouse mouse_;  // as it was last heard of
  // Where it stood before it filled the screen.
  struct Spot {
    int x = 0, y = 0, width = 0, height = 0;
  } spot_;
  bool fullscreen_ = false;
};

}  // namespace kv::app
