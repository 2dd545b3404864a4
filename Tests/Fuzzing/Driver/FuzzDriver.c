#include "FuzzDriver.h"

int LLVMFuzzerRunDriver(int *argumentCount, char ***arguments, int (*callback)(const uint8_t *, size_t));

int NinesFuzz_main(int argumentCount, char **arguments) {
  return LLVMFuzzerRunDriver(&argumentCount, &arguments, LLVMFuzzerTestOneInput);
}
