/* make_in_dat: write a file of pseudo-random bytes for the copy programs; always the same bytes.

   Usage: make_in_dat [BYTES [FILE]]                   (defaults 33554432, which is 32 MiB, and in.dat)

   A shorter file is the beginning of a longer one. The bytes do not repeat, do not compress and are not zero pages,
   so no layer below can save itself the work of copying them.

   By hand: make_in_dat && cksum in.dat, twice
        the same sum twice, and on any machine.
   By hand: gzip -c in.dat | wc -c
        a little more than went in.

   Try: make_in_dat 100000
        -> mmap 0, ends 0 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "../common/die.h"

enum { CHUNK = 64 * 1024 };

/* Marsaglia's xorshift with a multiplication behind it (xorshift64*): short, and good enough for bytes. */
static uint64_t next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

/* Lowest byte first, whatever the machine's own order. */
static void fill(unsigned char *chunk, uint64_t *state)
{
    for (int i = 0; i < CHUNK; i += 8) {
        uint64_t word = next(state);
        for (int byte = 0; byte < 8; byte++)
            chunk[i + byte] = (unsigned char) (word >> (8 * byte));
    }
}

int main(int argc, char *argv[])
{
    static unsigned char chunk[CHUNK];
    uint64_t state = 1;

    if (argc > 3)
        usage("[BYTES [FILE]]");
    long left = argc > 1 ? number("BYTES", argv[1], 0, INT64_C(1) << 40) : 32L * 1024 * 1024;
    const char *file = argc > 2 ? argv[2] : "in.dat";

    int out = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (out == -1)
        die("open %s", file);
    while (left > 0) {
        size_t length = left < CHUNK ? (size_t) left : CHUNK;
        fill(chunk, &state);
        for (size_t done = 0; done < length;) {
            ssize_t written = write(out, chunk + done, length - done);
            if (written == -1)
                die("write %s", file);
            done += (size_t) written;
        }
        left -= (long) length;
    }
    if (close(out) == -1)
        die("close %s", file);
    return 0;
}
