#include "app/shell/window/window.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>
#include <cstdlib>

#include "app/shell/window/key_names.h"

namespace kv::app {
namespace {

using core::Error;
using core::ErrorKind;
using core::Result;

Window& of(GLFWwindow* window) { return *static_cast<Window*>(glfwGetWindowUserPointer(window)); }

std::string last_glfw_error() {
  const char* words = nullptr;
  glfwGetError(&words);
  return words ? words : "no reason given";
}

struct Area {
  int x = 0, y = 0, width = 1920, height = 1080;
};

// The part of the main screen that no bar covers. Not kept: monitors come and go.
Area work_area() {
  Area area;
  if (GLFWmonitor* monitor = glfwGetPrimaryMonitor())
    glfwGetMonitorWorkarea(monitor, &area.x, &area.y, &area.width, &area.height);
  return area;
}

// The screen with the middle of the window on it.
GLFWmonitor* monitor_under(GLFWwindow* window) {
  int x = 0, y = 0, width = 0, height = 0, count = 0;
  glfwGetWindowPos(window, &x, &y);
  glfwGetWindowSize(window, &width, &height);
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  for (int i = 0; i < count; ++i) {
    int left = 0, top = 0;
    glfwGetMonitorPos(monitors[i], &left, &top);
    const GLFWvidmode* mode = glfwGetVideoMode(monitors[i]);
    if (!mode) continue;
    const int cx = x + width / 2 - left, cy = y + height / 2 - top;
    if (cx >= 0 && cx < mode->width && cy >= 0 && cy < mode->height) return monitors[i];
  }
  return glfwGetPrimaryMonitor();
}

}  // namespace

bool has_display() {
  const auto set = [](const char* name) {
    const char* value = std::getenv(name);
    return value && *value;
  };
  return set("DISPLAY") || set("WAYLAND_DISPLAY");
}

Result<std::unique_ptr<Window>> Window::open(const std::string& title) {
  if (!glfwInit())
    return Error{ErrorKind::machine,
                 "there is no display to open a window on (" + last_glfw_error() + ")"};
  const Area area = work_area();
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "kvscope");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "kvscope");
  // Most of the screen, but never more than the reference size of its density.
  const int width = std::clamp(area.width * 19 / 20, 640, 3840);
  const int height = std::clamp(area.height * 18 / 20, 480, 2160);
  GLFWwindow* handle = glfwCreateWindow(width, height, title.c_str(), nullptr, nullptr);
  if (!handle) {
    const std::string why = last_glfw_error();
    glfwTerminate();
    return Error{ErrorKind::machine, "no window with OpenGL 3.3 can be opened (" + why + ")"};
  }
  std::unique_ptr<Window> window(new Window(handle));
  glfwMakeContextCurrent(handle);
  glfwSwapInterval(1);
  window->listen();
  return window;
}

Window::~Window() {
  glfwDestroyWindow(window_);
  glfwTerminate();
}

void Window::listen() {
  glfwSetWindowUserPointer(window_, this);
  glfwSetKeyCallback(window_, [](GLFWwindow* w, int key, int scancode, int action, int modifiers) {
    Input& input = of(w).input_;
    input.anything = true;
    if (action == GLFW_RELEASE) return;
    const auto found = key_of(key, scancode, modifiers);
    if (found && (action == GLFW_PRESS || repeats(*found))) input.keys.push_back(*found);
  });
  glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned code_point) {
    Input& input = of(w).input_;
    input.anything = true;
    if (const auto found = sign_of(code_point)) input.keys.push_back(*found);
  });
  glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double x, double y) {
    Mouse mouse = of(w).mouse_;
    mouse.inside = true;
    mouse.at = {static_cast<float>(x), static_cast<float>(y)};
    of(w).follow(mouse);
  });
  glfwSetCursorEnterCallback(window_, [](GLFWwindow* w, int entered) {
    Mouse mouse = of(w).mouse_;
    mouse.inside = entered != 0;
    of(w).follow(mouse);
  });
  glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int button, int action, int) {
    of(w).input_.anything = true;
    if (button != GLFW_MOUSE_BUTTON_LEFT) return;
    Mouse mouse = of(w).mouse_;
    mouse.down = action == GLFW_PRESS;
    (mouse.down ? mouse.pressed : mouse.released) = true;
    of(w).follow(mouse);
  });
  glfwSetScrollCallback(window_, [](GLFWwindow* w, double, double y) {
    Mouse mouse = of(w).mouse_;
    mouse.wheel = static_cast<float>(y);
    of(w).follow(mouse);
  });
  glfwSetDropCallback(window_, [](GLFWwindow* w, int count, const char** paths) {
    of(w).input_.anything = true;
    for (int i = 0; i < count; ++i) of(w).input_.dropped.emplace_back(paths[i]);
  });
  glfwSetWindowCloseCallback(window_, [](GLFWwindow* w) { of(w).input_.anything = true; });
  glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) { of(w).expose(); });
  glfwSetWindowFocusCallback(window_, [](GLFWwindow* w, int) { of(w).expose(); });
  glfwSetWindowIconifyCallback(window_, [](GLFWwindow* w, int) { of(w).expose(); });
  glfwSetWindowMaximizeCallback(window_, [](GLFWwindow* w, int) { of(w).expose(); });
  glfwSetFramebufferSizeCallback(window_, [](GLFWwindow* w, int, int) { of(w).expose(); });
  glfwSetWindowContentScaleCallback(window_, [](GLFWwindow* w, float, float) { of(w).expose(); });
}

void Window::follow(Mouse mouse) {
  input_.add(mouse);
  mouse.pressed = mouse.released = false;
  mouse.wheel = 0;
  mouse_ = mouse;
}

void Window::expose() { input_.exposed = input_.anything = true; }

void Window::wait(double seconds) {
  if (seconds <= 0)
    glfwPollEvents();
  else
    glfwWaitEventsTimeout(seconds);
}

void Window::wake() { glfwPostEmptyEvent(); }

Input Window::take_input() {
  Input taken = input_;
  input_.keys.clear();
  input_.dropped.clear();
  input_.mouse.clear();
  input_.exposed = input_.anything = false;
  return taken;
}

bool Window::should_close() const { return glfwWindowShouldClose(window_) != 0; }

gl::Pixels Window::size() const {
  gl::Pixels pixels;
  glfwGetWindowSize(window_, &pixels.width, &pixels.height);
  return pixels;
}

bool Window::visible() const {
  const gl::Pixels pixels = size();
  return pixels.width > 0 && pixels.height > 0 &&
         glfwGetWindowAttrib(window_, GLFW_ICONIFIED) == GLFW_FALSE;
}

void Window::toggle_fullscreen() {
  expose();
  if (fullscreen_) {
    glfwSetWindowMonitor(window_, nullptr, spot_.x, spot_.y, spot_.width, spot_.height, 0);
    fullscreen_ = false;
    return;
  }
  GLFWmonitor* monitor = monitor_under(window_);
  const GLFWvidmode* mode = monitor ? glfwGetVideoMode(monitor) : nullptr;
  if (!mode) return;
  glfwGetWindowPos(window_, &spot_.x, &spot_.y);
  glfwGetWindowSize(window_, &spot_.width, &spot_.height);
  glfwSetWindowMonitor(window_, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
  fullscreen_ = true;
}

void Window::set_clipboard(const std::string& text) {
  glfwSetClipboardString(window_, text.c_str());
}

std::string Window::clipboard() const {
  const char* text = glfwGetClipboardString(window_);
  return text ? text : "";
}

void Window::set_title(const std::string& title) { glfwSetWindowTitle(window_, title.c_str()); }

void Window::show_frame() { glfwSwapBuffers(window_); }

}  // namespace kv::app
