package lab7;

import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.Part;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab7")
@Order(4)
@DisplayName("Write memdump")
class EditTest {
    private static final String TASK = "write memdump";

    @Test
    @Order(1)
    @DisplayName("Heap and stack of another process")
    @Exercise(
            id = "dump",
            kind = ExerciseKind.MODIFY,
            points = 10,
            hints = {
                "maps is text: getline a row, sscanf its two addresses as hexadecimal, and compare what stands at its end with NAME.",
                "Open /proc/PID/mem, and pread from it at the row's start; the file offset is the address. Loop, for a region may be"
                        + " larger than any buffer of yours.",
                "uint64_t with SCNx64 of <inttypes.h>; %n tells where the name begins; strcmp. Then: while (at < end) pread into"
                        + " 64 KiB, write all of that, at += what was read."
            },
            explanation =
                    "The kernel reads through the other process's page tables for you. Whether you may is decided as for"
                            + " ptrace: the same user, and a process that has not made itself undumpable.")
    void heapAndStack(Bench bench) {
        bench.edited(Memdump.SOURCE, TASK + ": find() and dump() first");
        bench.lookAt("static int find");
        Dumping dumping = new Dumping(bench, new Memdump(bench));
        Once heap = new Once(dumping::theHeap);
        bench.parts(
                Part.of(4, heap),
                Part.of(3, heap.and(dumping::heapAndStackAtOnce)),
                Part.of(3, heap.and(dumping::aLargeHeap)));
        bench.found("three processes, byte for byte");
    }

    @Test
    @Order(2)
    @DisplayName("The rows that are meant, and no others")
    @Exercise(
            id = "exact",
            kind = ExerciseKind.MODIFY,
            points = 9,
            after = {"dump"},
            hints = {
                "A regular expression needs more than the name: [heap] is any one of four letters, and a dot is anything.",
                "The name is all from the sixth field to the end of the line, blanks included; compare it whole, with strcmp. And set"
                        + " the addresses anew for each name.",
                "Addresses are uint64_t, read by %\" SCNx64 \" or strtoull(..., 16), never int, %x, atoi or strtol; count the rows"
                        + " that match, and if there are none, say so and end."
            },
            explanation =
                    "maps is made for people, and its last field may be any file's name. A file can be called [heap]; only the"
                            + " whole field tells them apart, for a file's begins with a slash.")
    void theRowsThatAreMeant(Bench bench) {
        bench.edited(Memdump.SOURCE, TASK);
        bench.lookAt("find(pid_t");
        Exact exact = new Exact(bench, new Memdump(bench));
        bench.parts(
                Part.of(1, exact::aFileNamedLikeTheHeap),
                Part.of(2, exact::namesAsTheyAre),
                Part.of(2, exact::allRowsOfTheHeap),
                Part.of(2, exact::wholeAddresses),
                Part.of(2, exact::nothingOfThatName));
        bench.found("ten names, and nothing that only looks like them");
    }

    @Test
    @Order(3)
    @DisplayName("Stopped while it is read, and only then")
    @Exercise(
            id = "hold",
            kind = ExerciseKind.MODIFY,
            points = 10,
            after = {"dump"},
            hints = {
                "kill(pid, SIGSTOP) sends a signal; /proc/PID/stat says behind the last parenthesis when it has been obeyed: T.",
                "die() ends memdump wherever it stands: atexit(let_go). And a signal ends it without atexit: a handler that lets go,"
                        + " and then raises the signal again.",
                "kill(0, ...) and kill(-1, ...) reach a group, or everything of yours: take a number only if strtol used all of the"
                        + " text, and it is from 1 to INT_MAX. If the state was T before you came, do not continue it."
            },
            explanation =
                    "A signal is sent when kill returns, and taken when the process gets to it: one that waits in the kernel takes"
                            + " its time. And a debugger that dies must not leave its patients asleep.")
    void stoppedWhileItIsRead(Bench bench) {
        bench.edited(Memdump.SOURCE, TASK);
        bench.lookAt("hold(pid_t");
        Holding holding = new Holding(bench, new Memdump(bench));
        // Who never stops a process need not let it go on.
        Once held = new Once(holding::waitsUntilItStands);
        bench.parts(
                Part.of(3, held),
                Part.of(3, held.and(holding::letsItGoOn)),
                Part.of(1, held.and(holding::letsItGoOnWhenInterrupted)),
                Part.of(1, held.and(holding::leavesAStoppedOneStopped)),
                Part.of(2, holding::takesNumbersOfProcessesOnly));
        bench.found("it stood still when it was read, and ran on whatever happened");
    }

    @Test
    @Order(4)
    @DisplayName("What cannot be read, and where it is written")
    @Exercise(
            id = "careful",
            kind = ExerciseKind.MODIFY,
            points = 8,
            after = {"dump"},
            hints = {
                "pread may return less than you asked for, and then -1 with EIO: go on behind that page. What does open want besides"
                        + " O_CREAT?",
                "For a page that cannot be read write a page of zeros. O_WRONLY | O_CREAT | O_TRUNC, 0600. Check what write and close"
                        + " return. [vsyscall] begins above 2^63: strtoull.",
                "A field of 16 hexadecimal digits needs 17 bytes, a path up to PATH_MAX; regexec must not be told of more matches than"
                        + " the array holds. Count what could be read; if it is nothing, fail before you open FILE."
            },
            explanation =
                    "Rows of maps are what is promised; pages behind a file's end, [vvar] and devices have nothing to be read."
                            + " What a dump holds is as secret as the process.")
    void whatCannotBeRead(Bench bench) {
        bench.edited(Memdump.SOURCE, TASK);
        bench.lookAt("dump(pid_t");
        Careful careful = new Careful(bench, new Memdump(bench));
        bench.parts(
                Part.of(2, careful::pagesThatCannotBeRead),
                Part.of(1, careful::regionsThatCannotBeRead),
                Part.of(2, careful::aFileOfOnesOwn),
                Part.of(1, careful::aFullDisk),
                Part.of(2, careful::noByteBesideItsArrays));
        bench.found("zeros for what cannot be read, a file of its owner's, and no byte beside an array");
    }

    @Test
    @Order(5)
    @DisplayName("By process_vm_readv")
    @Exercise(
            id = "readv",
            kind = ExerciseKind.MODIFY,
            points = 12,
            extra = true,
            after = {"dump"},
            hints = {
                "process_vm_readv(2) takes two lists of iovecs: where the bytes go, and where they lie in the other process.",
                "struct iovec there = {(void *) (uintptr_t) at, length}; it needs no open file. It reads up to what it may not.",
                "A page that it may not read gives EFAULT, also one that /proc/PID/mem reads: zeros, and go on behind it."
            },
            explanation =
                    "One call, no file, and no more rights than the process has itself: it does not read what is mapped without"
                            + " PROT_READ. /proc/PID/mem goes past that, as debuggers need it, where the kernel was not told otherwise.")
    void byTheCall(Bench bench) {
        bench.edited(Memdump.SOURCE, TASK + ": -v");
        bench.lookAt("by_call");
        Dumping dumping = new Dumping(bench, new Memdump(bench));
        Once call = new Once(dumping::byTheCall);
        bench.parts(Part.of(8, call), Part.of(4, call.and(dumping::byTheCallWhereItIsForbidden)));
        bench.found("the same bytes, and zeros where it may not read");
    }

    @Test
    @Order(6)
    @DisplayName("Forget a secret")
    @Exercise(
            id = "wipe",
            kind = ExerciseKind.MODIFY,
            points = 8,
            extra = true,
            hints = {
                "What does -O2 do to a memset whose bytes nobody reads any more? Which two other places had the line?",
                "explicit_bzero(3) is not removed. A block must be wiped before it is freed. And fgets reads from a buffer of stdio's,"
                        + " which it has from malloc.",
                "setvbuf(in, NULL, _IONBF, 0) before fgets, or read(2); explicit_bzero(copy, strlen(copy)) before free;"
                        + " explicit_bzero(secret, sizeof secret)."
            },
            explanation =
                    "free clears 16 bytes for its own use, and the kernel takes nothing back. Who has had a secret must wipe each"
                            + " copy, by a call that the compiler may not remove.")
    void forgetASecret(Bench bench) {
        bench.edited(Secrets.WIPE, "let nothing of the secret be left");
        bench.lookAt("your turn");
        Secrets secrets = new Secrets(bench);
        Once had = new Once(secrets::itIsHad);
        bench.parts(
                Part.of(5, had.and(() -> secrets.isGoneFrom(true))),
                Part.of(3, had.and(() -> secrets.isGoneFrom(false))));
        bench.found("nothing of it is left");
    }
}
