// The shortest digits that read back as the same float32, as in the gateway's payloads. C has no function for it.
#include <charconv>

extern "C" char *write_shortest(char *at, float value) { return std::to_chars(at, at + 32, value).ptr; }
