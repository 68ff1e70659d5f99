// OpenGL 3.3 core as libGL exports it. Included by .cpp files of this folder alone.
#pragma once

#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>
