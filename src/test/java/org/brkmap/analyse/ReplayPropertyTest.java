package org.brkmap.analyse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.brkmap.model.CauseKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays random calls twice, through the replay and over a plain array with one entry a page, and compares. */
class ReplayPropertyTest {
    private static final int PAGES = 64;
    private static final int CALLS = 60;
    private static final long BASE = 0x10000000L;
    private static final int HEAP = 48;
    private static final long PAGE = RunBuilder.PAGE;
    private static final String[] PERMISSIONS = {"---", "r--", "-w-", "rw-", "--x", "r-x", "-wx", "rwx"};

    /** What one page holds: permissions and, for a file's page, which page of it. Null where nothing is mapped. */
    private record Page(int protection, boolean shared, long filePage) {
        Page protect(int changed) {
            return new Page(changed, shared, filePage);
        }
    }

    private final Page[] pages = new Page[PAGES];
    private final RunBuilder run = new RunBuilder().heapFrom(address(HEAP)).exec();
    private int brk = HEAP;

    static List<Integer> seeds() {
        List<Integer> seeds = new ArrayList<>();
        for (int seed = 0; seed < 300; seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theReplayOfRandomCallsEqualsAnArrayOfPages(int seed) {
        Random random = new Random(seed);
        for (int call = 0; call < CALLS; call++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> map(random);
                case 2 -> unmap(random);
                case 3 -> protect(random);
                case 4 -> move(random);
                default -> changeBreak(random);
            }
        }
        run.then(rows());
        assertThat(Replay.of(run.build()).discrepancies())
                .extracting(Discrepancy::describe)
                .isEmpty();
        assertThat(run.analyse().changes()).noneMatch(change -> change.cause() == CauseKind.UNEXPLAINED);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aSnapshotThatIsOnePageOffIsNoticed(int seed) {
        theReplayOfRandomCallsEqualsAnArrayOfPages(seed);
        int odd = new Random(seed).nextInt(HEAP);
        pages[odd] = pages[odd] == null ? new Page(3, false, -1) : null;
        assertThat(Replay.of(run.then(rows()).build()).discrepancies())
                .singleElement()
                .satisfies(found -> assertThat(found.range().start()).isEqualTo(address(odd)));
    }

    private void map(Random random) {
        int start = random.nextInt(HEAP);
        int length = 1 + random.nextInt(HEAP - start);
        int protection = random.nextInt(8);
        boolean file = random.nextBoolean();
        boolean shared = file && random.nextBoolean();
        long offset = file ? random.nextInt(100) : -1;
        for (int page = 0; page < length; page++) {
            pages[start + page] = new Page(protection, shared, file ? offset + page : -1);
        }
        long bytes = length * PAGE - random.nextInt((int) PAGE);
        long flags = (shared ? 1 : 2) | 0x10 | (file ? 0 : 0x20);
        run.callOnFile(
                "mmap",
                file ? "/f" : null,
                address(start),
                address(start),
                bytes,
                protection,
                flags,
                file ? 3 : -1,
                file ? offset * PAGE : 0);
    }

    private void unmap(Random random) {
        int start = random.nextInt(PAGES);
        int length = 1 + random.nextInt(PAGES - start);
        for (int page = start; page < start + length; page++) {
            pages[page] = null;
        }
        run.call("munmap", 0, address(start), length * PAGE - random.nextInt((int) PAGE));
    }

    /** Over a hole mprotect fails, and keeps what it had done below it. */
    private void protect(Random random) {
        int start = random.nextInt(PAGES);
        int length = 1 + random.nextInt(PAGES - start);
        int protection = random.nextInt(8);
        int page = start;
        while (page < start + length && pages[page] != null) {
            pages[page] = pages[page].protect(protection);
            page++;
        }
        if (page == start + length) {
            run.call("mprotect", 0, address(start), length * PAGE, protection);
        } else {
            run.fails("mprotect", 12, address(start), length * PAGE, protection);
        }
    }

    /** Within one mapping, as the call wants it, to a place that does not overlap it. */
    private void move(Random random) {
        int start = random.nextInt(HEAP);
        int oldLength = 1;
        while (start + oldLength < HEAP && oldLength < 6 && follows(start + oldLength)) {
            oldLength++;
        }
        int newLength = 1 + random.nextInt(8);
        int target = random.nextInt(HEAP - newLength);
        boolean overlaps = target < start + oldLength && start < target + newLength;
        if (pages[start] == null || overlaps) {
            run.fails("mremap", 22, address(start), oldLength * PAGE, newLength * PAGE, 3, address(target));
            return;
        }
        Page[] moved = new Page[newLength];
        for (int page = 0; page < newLength; page++) {
            Page first = pages[start];
            moved[page] = new Page(first.protection, first.shared, first.filePage < 0 ? -1 : first.filePage + page);
        }
        for (int page = 0; page < oldLength; page++) {
            pages[start + page] = null;
        }
        System.arraycopy(moved, 0, pages, target, newLength);
        run.call("mremap", address(target), address(start), oldLength * PAGE, newLength * PAGE, 3, address(target));
    }

    private boolean follows(int page) {
        Page low = pages[page - 1];
        Page high = pages[page];
        return low != null
                && high != null
                && low.protection == high.protection
                && low.shared == high.shared
                && (low.filePage < 0 ? high.filePage < 0 : high.filePage == low.filePage + 1);
    }

    private void changeBreak(Random random) {
        int wanted = HEAP + random.nextInt(PAGES - HEAP);
        for (int page = brk; page < wanted; page++) {
            pages[page] = new Page(3, false, -1);
        }
        for (int page = wanted; page < brk; page++) {
            pages[page] = null;
        }
        brk = wanted;
        run.call("brk", address(wanted), address(wanted));
    }

    private static long address(int page) {
        return BASE + page * PAGE;
    }

    /** One row a page: the replay must not depend on how the kernel joins them. */
    private String[] rows() {
        List<String> rows = new ArrayList<>();
        for (int page = 0; page < PAGES; page++) {
            Page what = pages[page];
            if (what != null) {
                String range = Long.toHexString(address(page)) + "-" + Long.toHexString(address(page + 1));
                String permissions = PERMISSIONS[what.protection] + (what.shared ? "s" : "p");
                rows.add(range + " " + permissions + " "
                        + (what.filePage < 0
                                ? "00000000 00:00 0"
                                : Long.toHexString(what.filePage * PAGE) + " fe:00 5 /f"));
            }
        }
        return rows.toArray(String[]::new);
    }
}
