#ifndef FUZZ_DRIVER_H
#define FUZZ_DRIVER_H

#include <stddef.h>
#include <stdint.h>

/// What each input is given to; the fuzz targets define it.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

/// Where the program begins, by the name that SwiftPM gives to the entry of an executable of its own.
int NinesFuzz_main(int argumentCount, char **arguments);

#endif
