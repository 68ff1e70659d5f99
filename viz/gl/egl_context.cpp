#include "viz/gl/egl_context.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>

#include <cstdlib>

namespace kv::gl {
namespace {

template <class Function>
Function find(const char* name) {
  return reinterpret_cast<Function>(eglGetProcAddress(name));
}

}  // namespace

std::unique_ptr<EglContext> EglContext::open() {
  // What is missing is said by whoever asked, in one line.
  setenv("EGL_LOG_LEVEL", "fatal", 0);
  auto surfaceless = std::make_unique<EglContext>();
  if (surfaceless->open_on(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY)) return surfaceless;
  const auto query = find<PFNEGLQUERYDEVICESEXTPROC>("eglQueryDevicesEXT");
  EGLDeviceEXT devices[8];
  EGLint count = 0;
  if (!query || !query(8, devices, &count)) return nullptr;
  for (EGLint i = 0; i < count; ++i) {
    auto device = std::make_unique<EglContext>();
    if (device->open_on(EGL_PLATFORM_DEVICE_EXT, devices[i])) return device;
  }
  return nullptr;
}

EglContext::~EglContext() {
  if (display_ == EGL_NO_DISPLAY) return;
  eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
  if (context_ != EGL_NO_CONTEXT) eglDestroyContext(display_, context_);
  eglTerminate(display_);
}

bool EglContext::make_current() const {
  return eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_) == EGL_TRUE;
}

bool EglContext::open_on(unsigned platform, void* native) {
  const auto get_display = find<PFNEGLGETPLATFORMDISPLAYEXTPROC>("eglGetPlatformDisplayEXT");
  if (!get_display) return false;
  const EGLDisplay display = get_display(platform, native, nullptr);
  if (display == EGL_NO_DISPLAY || !eglInitialize(display, nullptr, nullptr)) return false;
  display_ = display;
  if (!eglBindAPI(EGL_OPENGL_API)) return false;
  const EGLint wanted[] = {EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_SURFACE_TYPE, 0, EGL_NONE};
  EGLConfig config = nullptr;
  EGLint count = 0;
  if (!eglChooseConfig(display_, wanted, &config, 1, &count) || count == 0) config = nullptr;
  const EGLint attributes[] = {EGL_CONTEXT_MAJOR_VERSION,
                               3,
                               EGL_CONTEXT_MINOR_VERSION,
                               3,
                               EGL_CONTEXT_OPENGL_PROFILE_MASK,
                               EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                               EGL_NONE};
  context_ = eglCreateContext(display_, config, EGL_NO_CONTEXT, attributes);
  return context_ != EGL_NO_CONTEXT && make_current();
}

}  // namespace kv::gl
