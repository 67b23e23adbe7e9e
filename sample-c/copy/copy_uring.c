/* copy_uring: copy a file with io_uring: many reads and writes under way at once, few entries into the kernel.

   Usage: copy_uring [-s] SOURCE DESTINATION [BUFFER]        (bytes of each of 8 buffers; default 262144)

   Build: needs liburing's header (package liburing-dev, liburing-devel), and -luring.

   Each buffer goes round: a piece of the source is read into it, then written from it, then it takes the next piece.
   The kernel works on the pieces in whatever order suits it; each has its own offset, so that the order does not matter.

   By hand: strace -c copy_uring in.dat out.dat
        no read and no write: io_uring_enter stands for all of them.

   Try: copy_uring in.dat out.dat
        -> mmap 9-20, ends 0 */
#include <liburing.h>

#include "strategy.h"

enum { BUFFERS = 8 };

struct piece {
    char *buffer;
    size_t offset, length, done;
    bool writing;
};

static void submit(struct io_uring *ring, struct job *job, struct piece *piece)
{
    struct io_uring_sqe *entry = io_uring_get_sqe(ring);
    unsigned length = (unsigned) (piece->length - piece->done);

    if (entry == NULL)
        fail("io_uring has no room for a request");
    if (piece->writing)
        io_uring_prep_write(entry, job->out, piece->buffer + piece->done, length, piece->offset + piece->done);
    else
        io_uring_prep_read(entry, job->in, piece->buffer + piece->done, length, piece->offset + piece->done);
    io_uring_sqe_set_data(entry, piece);
    errno = -io_uring_submit(ring);
    if (errno > 0)
        die("io_uring_submit");
}

/* Returns false when there is nothing left to take. */
static bool take_next(struct io_uring *ring, struct job *job, struct piece *piece, size_t size, size_t *next)
{
    if (*next >= job->length)
        return false;
    piece->offset = *next;
    piece->length = size < job->length - *next ? size : job->length - *next;
    piece->done = 0;
    piece->writing = false;
    *next += piece->length;
    submit(ring, job, piece);
    return true;
}

static struct piece *wait_for_one(struct io_uring *ring, struct job *job)
{
    struct io_uring_cqe *completion;

    errno = -io_uring_wait_cqe(ring, &completion);
    if (errno > 0)
        die("io_uring_wait_cqe");
    struct piece *piece = io_uring_cqe_get_data(completion);
    errno = completion->res < 0 ? -completion->res : 0;
    if (errno > 0)
        die("%s", piece->writing ? job->destination : job->source);
    if (completion->res == 0)
        fail("%s became shorter while it was copied", job->source);
    piece->done += (size_t) completion->res;
    io_uring_cqe_seen(ring, completion);
    return piece;
}

int main(int argc, char *argv[])
{
    struct job job = begin(argc, argv, "[BUFFER]");
    size_t size = job.how == NULL ? 262144 : (size_t) number("BUFFER", job.how, 1, 1L << 30);
    size_t next = 0;
    int under_way = 0;
    struct io_uring ring;
    struct piece pieces[BUFFERS];

    errno = -io_uring_queue_init(BUFFERS, &ring, 0);
    if (errno > 0)
        die("io_uring_queue_init");
    enter(&job, COPY);
    for (int i = 0; i < BUFFERS; i++) {
        pieces[i].buffer = malloc(size);
        if (pieces[i].buffer == NULL)
            die("malloc %zu", size);
        under_way += take_next(&ring, &job, &pieces[i], size, &next);
    }
    while (under_way > 0) {
        struct piece *piece = wait_for_one(&ring, &job);
        if (piece->done < piece->length) {
            submit(&ring, &job, piece);
        } else if (!piece->writing) {
            piece->writing = true;
            piece->done = 0;
            submit(&ring, &job, piece);
        } else if (!take_next(&ring, &job, piece, size, &next)) {
            under_way--;
        }
    }
    io_uring_queue_exit(&ring);
    finish(&job);
    for (int i = 0; i < BUFFERS; i++)
        free(pieces[i].buffer);
    return 0;
}
