package lab3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brkmap.check.MemoryAssertions.assertThat;

import org.brkmap.check.Wording;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Lab;
import org.brkmap.lab.ShownAfter;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab3")
@Order(6)
@DisplayName("A string that doubles")
class StringTest {
    private static final long FIRST = 3000;

    @Test
    @Order(1)
    @DisplayName("It leaves the heap once, by one mmap, and grows by mremap from there")
    @ShownAfter("leaves-heap")
    void itLeavesTheHeapOnce(Bench bench) {
        Growing string = Growing.inC(bench, FIRST);
        bench.needsGlibc(string.run());
        long leaves = string.leavesTheHeapAt();
        String before = Growing.label("double ", leaves / 2);
        String after = Growing.label("double ", leaves);
        assertThat(string.run())
                .traceBetween(before, after)
                .calls("mmap")
                .causedBy("realloc")
                .hasCount(1);
        long last = FIRST << Growing.DOUBLINGS;
        for (long length = leaves; length < last; length *= 2) {
            assertThat(string.rowAt(length).role()).as("%d characters", length).isEqualTo(Role.ANONYMOUS);
            assertThat(string.run())
                    .traceBetween(
                            Growing.label("double ", length),
                            Growing.label(2 * length == last ? "drop " : "double ", 2 * length))
                    .calls("mremap")
                    .causedBy("realloc")
                    .hasCount(1);
        }
        bench.found("%d characters: the first outside the heap", leaves);
    }

    @Test
    @Order(2)
    @DisplayName("What was outside the heap is given back when it is freed")
    @ShownAfter("leaves-heap")
    void itIsGivenBack(Bench bench) {
        Growing string = Growing.inC(bench, FIRST);
        long last = FIRST << Growing.DOUBLINGS;
        Mapping row = string.rowAt(last);
        assertThat(row.size()).isGreaterThanOrEqualTo(last);
        long start = row.range().start();
        assertThat(string.run()).snapshot("Press key to end").doesNotCover(new AddressRange(start, start + last));
        bench.found("%s, by one munmap", Wording.bytes(row.size()));
    }

    @Test
    @Order(3)
    @DisplayName("The same string in Python leaves the heap, too; each step maps anew and unmaps the old")
    @ShownAfter("python")
    void inPython(Bench bench) {
        Growing string = Growing.inPython(bench, Growing.python(bench), FIRST);
        long leaves = string.leavesTheHeapAt();
        long last = FIRST << Growing.DOUBLINGS;
        for (long length = 2 * leaves; length < last; length *= 2) {
            String from = Growing.label("double ", length);
            String to = Growing.label(2 * length == last ? "drop " : "double ", 2 * length);
            assertThat(string.run()).traceBetween(from, to).calls("mremap").isEmpty();
            assertThat(string.rowAt(2 * length).role()).isNotEqualTo(Role.HEAP);
        }
        bench.found("%d characters: the first outside the heap", leaves);
    }
}
