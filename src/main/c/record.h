/*
 * What record.c and the JVM tell each other: CallRecorder.java has the target's offsets, EventLog.java the words of an
 * event. A test compares them.
 */
#ifndef BRKMAP_RECORD_H
#define BRKMAP_RECORD_H

#include <stdint.h>

#define RECORD_MOST_CALLS 512

/* Whose calls are noted, which, and what is known of the thread; then the answer. */
struct record_target {
    int64_t pid;
    int64_t tid;
    int64_t slot;        /* the thread's slot in the probe's memory, or -1 */
    int64_t slots_taken; /* as many as there were when that was looked for */
    uint64_t loader_start;
    uint64_t loader_end;
    int64_t origin; /* from which the events' time counts: CLOCK_MONOTONIC, nanoseconds */
    int64_t events; /* so many have begun before */
    int64_t room;   /* for so many events there are words */
    uint64_t calls[RECORD_MOST_CALLS / 64]; /* a bit for each call that is noted */

    int64_t status;
    int64_t begun;
    int64_t under_way; /* 1 if the last of them has not ended */
    int64_t inner_tid; /* what the thread calls itself, in the probe's slot */
};

/* An event: so many words. */
enum record_word {
    RECORD_PID,
    RECORD_TID,
    RECORD_NANOS,
    RECORD_CALL,
    RECORD_ARGS,
    RECORD_RESULT = RECORD_ARGS + 6,
    RECORD_FAILED,
    RECORD_INSTRUCTION,
    RECORD_OPERATION,
    RECORD_SIZE,
    RECORD_POINTER,
    RECORD_SITE,
    RECORD_FILE,
    RECORD_EXTENT,
    RECORD_WIDTH
};

#endif
