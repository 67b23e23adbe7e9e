package org.brkmap.check;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.brkmap.analyse.Analysis;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Role;

/**
 * Assertions over changes of an address space. {@code added}, {@code grew} and their like demand that there are such
 * changes and lead to them alone; {@code are…} speaks of each of them. Sizes are bytes.
 */
public final class ChangesAssert extends MemoryAssert<ChangesAssert, List<Change>> {
    private static final Set<ChangeKind> GAINS = EnumSet.of(ChangeKind.ADDED, ChangeKind.GREW, ChangeKind.MERGED);

    private final Analysis run;
    private final String where;

    ChangesAssert(List<Change> actual, Analysis run, String where) {
        super(actual, ChangesAssert.class);
        this.run = run;
        this.where = where;
    }

    public ChangesAssert added(Role role) {
        return some(role, "added", EnumSet.of(ChangeKind.ADDED));
    }

    public ChangesAssert removed(Role role) {
        return some(role, "removed", EnumSet.of(ChangeKind.REMOVED));
    }

    public ChangesAssert grew(Role role) {
        return some(role, "grown", EnumSet.of(ChangeKind.GREW));
    }

    public ChangesAssert shrank(Role role) {
        return some(role, "shrunk", EnumSet.of(ChangeKind.SHRANK));
    }

    /** New address space of this role, whether it made a row of its own or joined a neighbour's. */
    public ChangesAssert gained(Role role) {
        return some(role, "gained", GAINS);
    }

    /** Address space of this role given back, whether a row went or only a part of one. */
    public ChangesAssert lost(Role role) {
        return some(role, "lost", EnumSet.of(ChangeKind.REMOVED, ChangeKind.SHRANK, ChangeKind.SPLIT));
    }

    /** Regions of this role that lost a part between their ends, and so became two. */
    public ChangesAssert split(Role role) {
        return some(role, "split", EnumSet.of(ChangeKind.SPLIT));
    }

    /** No change concerns the role, but for which of its pages are in memory. */
    public ChangesAssert leftAlone(Role role) {
        return none("left alone: " + role.title(), change -> change.role() == role && !isResidency(change));
    }

    /** No region of any role came, and none gained address space, but for this role. */
    public ChangesAssert gainedOnly(Role role) {
        return none(
                "gained by " + role.title() + " alone",
                change -> change.role() != role && GAINS.contains(change.kind()));
    }

    /** There is no change of address space at all. */
    public ChangesAssert areNone() {
        return none("unchanged", change -> !isResidency(change));
    }

    public ChangesAssert hasCount(int count) {
        isNotNull();
        return check(
                actual.size() == count,
                "there should be another number of changes " + where,
                Wording.count(count, "change", "changes"),
                Wording.count(actual.size(), "change", "changes"),
                actual);
    }

    /** Their signed sizes add up to this. */
    public ChangesAssert addUpTo(long bytes) {
        long sum = sum();
        return check(
                sum == bytes,
                "the changes " + where + " should add up to another size",
                Wording.signed(bytes),
                Wording.signed(sum),
                actual);
    }

    /** They are an increase by so many bytes in all. */
    public ChangesAssert grewBy(long bytes) {
        return addUpTo(bytes);
    }

    /** They are a decrease by so many bytes in all. */
    public ChangesAssert shrankBy(long bytes) {
        return addUpTo(-bytes);
    }

    public ChangesAssert areAllExplained() {
        return each("have a cause that was seen", "a cause", Runs::isExplained);
    }

    /** Each change of address space was caused by this system call and by no other; which pages are in memory is left aside. */
    public ChangesAssert areCausedBy(String call) {
        return each(
                "be caused by " + call + " alone",
                call,
                change -> allCauses(change, event -> event.call().equals(call)));
    }

    /** Behind each change of address space stands this function of the C library, such as {@code malloc}, and no other. */
    public ChangesAssert areOnBehalfOf(String operation) {
        return each(
                "be made on behalf of " + operation,
                operation,
                change -> allCauses(
                        change,
                        event -> event.cause() != null
                                && event.cause().operation().equals(operation)));
    }

    /** Each change of address space comes from this line of the program. */
    public ChangesAssert areAtLine(String file, int line) {
        return each(
                "come from " + file + ":" + line,
                file + ":" + line,
                change -> allCauses(change, event -> Runs.isAt(event, file, line)));
    }

    /** Each comes from a line of the program that holds this text, such as {@code malloc(}. */
    public ChangesAssert areAtLineWith(String file, String text) {
        List<Integer> lines = Runs.linesWith(run, file, text);
        return each(
                "come from a line of " + file + " with '" + text + "'",
                lines.isEmpty() ? "a line with '" + text + "' (there is none)" : file + " line " + lines,
                change -> allCauses(change, event -> lines.stream().anyMatch(line -> Runs.isAt(event, file, line))));
    }

    private ChangesAssert some(Role role, String done, Set<ChangeKind> kinds) {
        isNotNull();
        List<Change> found = actual.stream()
                .filter(change -> change.role() == role && kinds.contains(change.kind()))
                .toList();
        check(
                !found.isEmpty(),
                role.title() + " should have been " + done + " " + where,
                role.title() + " " + done,
                actual.isEmpty() ? "no change" : "other changes",
                actual);
        return lead(new ChangesAssert(found, run, where));
    }

    private ChangesAssert none(String expected, Predicate<Change> wrong) {
        isNotNull();
        List<Change> found = actual.stream().filter(wrong).toList();
        return check(
                found.isEmpty(),
                "there should be no such change " + where,
                expected,
                Wording.count(found.size(), "change", "changes"),
                found);
    }

    private ChangesAssert each(String should, String expected, Predicate<Change> right) {
        isNotNull();
        List<Change> wrong = actual.stream().filter(right.negate()).toList();
        return check(
                wrong.isEmpty(),
                "each change " + where + " should " + should,
                expected,
                Wording.count(wrong.size(), "change with another cause", "changes with another cause"),
                wrong);
    }

    private ChangesAssert check(boolean holds, String headline, String expected, String found, List<Change> shown) {
        if (!holds) {
            Failure failure = Failure.of(headline, expected, found)
                    .causedBy(shown.stream()
                            .flatMap(change -> Wording.causes(change, run).stream())
                            .distinct()
                            .toList());
            throw failure(shown.isEmpty() ? failure : failure.showing(RegionDiff.of(shown)));
        }
        return this;
    }

    /** Pages come and go by the kernel's own decision, too: it maps neighbours along, and takes back what it needs elsewhere. */
    private boolean allCauses(Change change, Predicate<MemoryEvent> right) {
        if (isResidency(change)) {
            return true;
        }
        List<MemoryEvent> causes = Runs.causesOf(change, run);
        return !causes.isEmpty() && causes.stream().allMatch(right);
    }

    private long sum() {
        isNotNull();
        return actual.stream()
                .filter(change -> !isResidency(change))
                .mapToLong(Change::bytes)
                .sum();
    }

    private static boolean isResidency(Change change) {
        return change.kind() == ChangeKind.RESIDENCY;
    }
}
