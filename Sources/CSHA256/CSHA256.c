// Swift has no way to say these instructions, and they do in one step what takes it fifty: without them hashing every
// artifact is a sixth of a compilation.
#include "CSHA256.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

static int has_instructions(void) {
  unsigned a, b, c, d;
  // Leaf 1 tells of SSE4.1 and SSSE3, leaf 7 of the SHA extensions.
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1) || !(c & bit_SSSE3)) return 0;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & (1u << 29));
}

// Asked once: in a virtual machine each question goes to the host.
static int is_supported(void) {
  static _Atomic int known = -1;
  if (known < 0) known = has_instructions();
  return known;
}

// The instructions want the words as ABEF and CDGH, the first of each in the highest lane.
__attribute__((target("sha,sse4.1,ssse3"))) static void mix(
    uint32_t state[8], const uint8_t *blocks, size_t count, const uint32_t constants[64]) {
  const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xb1);
  __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1b);
  __m128i abef = _mm_alignr_epi8(badc, hgfe, 8);
  __m128i cdgh = _mm_blend_epi16(hgfe, badc, 0xf0);
  for (; count > 0; count--, blocks += 64) {
    __m128i words[4];
    const __m128i abef_before = abef, cdgh_before = cdgh;
#pragma clang loop unroll(full)
    for (int quad = 0; quad < 16; quad++) {
      // Four words of the message schedule; of the earlier ones only the last sixteen are needed.
      __m128i *now = &words[quad & 3];
      if (quad < 4) {
        *now = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(blocks + 16 * quad)), order);
      } else {
        const __m128i last = words[(quad + 3) & 3];
        __m128i sum = _mm_sha256msg1_epu32(*now, words[(quad + 1) & 3]);
        sum = _mm_add_epi32(sum, _mm_alignr_epi8(last, words[(quad + 2) & 3], 4));
        *now = _mm_sha256msg2_epu32(sum, last);
      }
      // Each instruction does two rounds, with the two lower lanes of what is added.
      const __m128i added = _mm_add_epi32(*now, _mm_loadu_si128((const __m128i *)(constants + 4 * quad)));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, added);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(added, 0x0e));
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  const __m128i feba = _mm_shuffle_epi32(abef, 0x1b);
  const __m128i dchg = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

int sha256_mix_in_hardware(uint32_t state[8], const uint8_t *blocks, size_t count, const uint32_t constants[64]) {
  if (!is_supported()) return 0;
  mix(state, blocks, count, constants);
  return 1;
}

#else

int sha256_mix_in_hardware(uint32_t state[8], const uint8_t *blocks, size_t count, const uint32_t constants[64]) {
  (void)state;
  (void)blocks;
  (void)count;
  (void)constants;
  return 0;
}

#endif
