# CMake knows no platform of this name; all that it needs to know is how a program is called.
set(WASI 1)
set(CMAKE_EXECUTABLE_SUFFIX ".wasm")
