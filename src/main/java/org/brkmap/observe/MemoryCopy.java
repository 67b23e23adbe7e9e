package org.brkmap.observe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.brkmap.libc.SystemFacts;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Mapping;
import org.brkmap.model.Snapshot;
import org.brkmap.procfs.ProcFs;

/**
 * A {@link Launch#look look} that copies some rows of every process at every checkpoint: their bytes, and which of their pages
 * belong to that process alone. What cannot be read is left out. The tracer's thread fills it; ask it when the run is over.
 */
public final class MemoryCopy implements Consumer<Snapshot> {
    private static final long MOST_BYTES = 64L << 20;

    private final Predicate<Mapping> wanted;
    private final int pageSize = SystemFacts.pageSize();
    private final List<Copy> copies = new ArrayList<>();

    private record Copy(int id, AddressRange range, ByteBuffer content, BitSet exclusive) {
        boolean isOf(Snapshot snapshot) {
            return id == snapshot.id();
        }
    }

    /**
     * Copies the rows that pass, of at most 64 MiB in all.
     *
     * @param wanted asked of each mapping; its role is not known yet
     */
    public MemoryCopy(Predicate<Mapping> wanted) {
        this.wanted = wanted;
    }

    @Override
    public synchronized void accept(Snapshot snapshot) {
        // A moment that the run takes back is followed by another of its number.
        copies.removeIf(copy -> copy.isOf(snapshot));
        long bytes = copies.stream().mapToLong(copy -> copy.range.length()).sum();
        for (Mapping row : snapshot.mappings()) {
            if (row.permissions().read() && row.size() <= MOST_BYTES - bytes && wanted.test(row)) {
                copy(snapshot, row.range());
                bytes += row.size();
            }
        }
    }

    private void copy(Snapshot snapshot, AddressRange range) {
        byte[] content = new byte[(int) range.length()];
        try {
            if (ProcFs.live().readMemory(snapshot.pid(), range.start(), content) == content.length) {
                BitSet exclusive = ProcFs.live().exclusivePages(snapshot.pid(), range, pageSize);
                copies.add(new Copy(snapshot.id(), range, ByteBuffer.wrap(content), exclusive));
            }
        } catch (IOException e) {
            // Whoever asks for it is told that there is no copy.
        }
    }

    /** What stood at an address at that checkpoint, from there to the end of its row; empty if it was not copied. */
    public synchronized Optional<ByteBuffer> at(Snapshot snapshot, long address) {
        return find(snapshot, address)
                .map(copy -> copy.content
                        .duplicate()
                        .position((int) (address - copy.range.start()))
                        .slice()
                        .order(ByteOrder.nativeOrder()));
    }

    /** Which pages of its row belonged to that process alone, counted from the row's first; empty if it was not copied. */
    public synchronized Optional<BitSet> exclusiveAt(Snapshot snapshot, long address) {
        return find(snapshot, address).map(copy -> (BitSet) copy.exclusive.clone());
    }

    private Optional<Copy> find(Snapshot snapshot, long address) {
        return copies.stream()
                .filter(copy -> copy.isOf(snapshot) && copy.range.contains(address))
                .findFirst();
    }
}
