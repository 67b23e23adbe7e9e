package lab4;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.brkmap.analyse.Analysis;

/** What runs have left in files. A bench makes a run once, and the file may be another one when it is asked for again. */
final class Left {
    private record Kept(WeakReference<Analysis> run, String contents) {}

    private final List<Kept> kept = new ArrayList<>();

    /** What was read when this run had just been made. */
    synchronized String of(Analysis run, Supplier<String> contents) {
        kept.removeIf(left -> left.run().get() == null);
        for (Kept left : kept) {
            if (left.run().get() == run) {
                return left.contents();
            }
        }
        String now = contents.get();
        kept.add(new Kept(new WeakReference<>(run), now));
        return now;
    }
}
