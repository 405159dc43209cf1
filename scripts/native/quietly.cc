// A module of Node with one function: `quietly(action)` runs an action while standard error leads nowhere, and gives what
// the action gives. TensorFlow's library tells there that it uses oneDNN, while it is loaded, before it has read how much
// it is to tell; Node has no way of its own to turn a stream aside.

#include <cstddef>
#include <fcntl.h>
#include <unistd.h>

// Node-API keeps its functions as they are; these few spare the headers of Node.
extern "C" {
typedef void *Handle;
typedef Handle (*Callback)(Handle environment, Handle information);
int napi_get_cb_info(Handle environment, Handle information, std::size_t *count, Handle *arguments, Handle *self, void **data);
int napi_get_undefined(Handle environment, Handle *result);
int napi_call_function(Handle environment, Handle self, Handle function, std::size_t count, const Handle *arguments, Handle *result);
int napi_create_function(Handle environment, const char *name, std::size_t length, Callback callback, void *data, Handle *result);
}

namespace {

// The streams are those of the process: the action must be one that waits for nothing.
Handle quietly(Handle environment, Handle information) {
  std::size_t count = 1;
  Handle action = nullptr, nothing = nullptr, result = nullptr;
  napi_get_cb_info(environment, information, &count, &action, nullptr, nullptr);
  napi_get_undefined(environment, &nothing);
  const int kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (kept >= 0 && nowhere >= 0) dup2(nowhere, STDERR_FILENO);
  napi_call_function(environment, nothing, action, 0, nullptr, &result);
  if (kept >= 0) dup2(kept, STDERR_FILENO);
  if (kept >= 0) close(kept);
  if (nowhere >= 0) close(nowhere);
  // What the action threw is on its way already.
  return result;
}

}  // namespace

extern "C" __attribute__((visibility("default"))) Handle napi_register_module_v1(Handle environment, Handle) {
  Handle result = nullptr;
  napi_create_function(environment, "quietly", 7, quietly, nullptr, &result);
  return result;
}
