#ifndef CSHA256_H
#define CSHA256_H

#include <stddef.h>
#include <stdint.h>

/// Mixes blocks of 64 bytes into the eight words of a SHA-256 state with the processor's own instructions. Returns 0, and
/// leaves the state as it is, where the processor has none or they are not known here.
int sha256_mix_in_hardware(uint32_t state[8], const uint8_t *blocks, size_t count, const uint32_t constants[64]);

#endif
