package org.brkmap.grade;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.brkmap.analyse.Analyser;
import org.brkmap.analyse.Analysis;
import org.brkmap.analyse.Audit;
import org.brkmap.analyse.Discrepancy;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.Observation;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.model.SourceText;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether a recorded run agrees with itself: whether its changes and their causes are what its checkpoints and events make, its
 * events lead from each checkpoint to the next, and its sources have the hashes that stand beside them. No file that it names is
 * opened; so which part of an ELF file a mapping is cannot be asked, nor what pages came into such a part.
 */
final class RunAudit {
    /** Roles that do not depend on what stands in a file. */
    private static final Set<Role> WITHOUT_FILES =
            EnumSet.of(Role.HEAP, Role.STACK, Role.THREAD_STACK, Role.SHARED, Role.VDSO, Role.VVAR);

    private static final int MOST = 5;

    private final RunDocument run;
    private final List<String> problems = new ArrayList<>();

    private RunAudit(RunDocument run) {
        this.run = run;
    }

    /** What does not agree, a sentence each; empty if all does. */
    static List<String> problems(RunDocument run) {
        RunAudit audit = new RunAudit(run);
        audit.sources();
        audit.events();
        return audit.problems.size() <= MOST ? audit.problems : audit.problems.subList(0, MOST);
    }

    private void tell(String problem) {
        problems.add("run \"" + run.name() + "\": " + problem);
    }

    private void sources() {
        for (SourceText source : run.observation().program().sources()) {
            boolean isWhole = source.text().indexOf('\ufffd') < 0;
            if (isWhole
                    && !Hash.sha256(source.text().getBytes(StandardCharsets.UTF_8))
                            .equals(source.sha256())) {
                tell("the text of " + source.name() + " has another SHA-256 than stands beside it");
            }
        }
    }

    private void events() {
        Audit audit = Analyser.audit(run.observation());
        List<Discrepancy> found = audit.discrepancies();
        if (run.observation().host().tracesCalls() && !found.isEmpty()) {
            tell("its calls do not make its checkpoints: " + found.get(0).describe());
        }
        changes(audit.analysis());
    }

    private void changes(Analysis anew) {
        roles(anew.observation());
        Map<String, Effect> claimed = effects(run.analysis());
        Map<String, Effect> derived = effects(withoutProbe(anew));
        Set<String> steps = new TreeSet<>(claimed.keySet());
        steps.addAll(derived.keySet());
        for (String step : steps) {
            Effect one = claimed.get(step);
            Effect other = derived.get(step);
            boolean same = one != null && one.equals(other);
            if (!same) {
                tell("between " + step + " its checkpoints and events make other changes: "
                        + (other == null ? "none" : other) + ", and not " + (one == null ? "none" : one));
            }
        }
    }

    /** Without the probe's own memory behind its file: only that file tells how much of it there is. */
    private Analysis withoutProbe(Analysis anew) {
        Set<AddressRange> probe = new HashSet<>();
        for (Snapshot snapshot : run.observation().snapshots()) {
            for (Mapping mapping : snapshot.mappings()) {
                if (mapping.role() == Role.PROBE) {
                    probe.add(mapping.range());
                }
            }
        }
        return new Analysis(
                anew.observation(),
                anew.changes().stream()
                        .filter(change -> probe.stream().noneMatch(range -> range.contains(change.range())))
                        .toList());
    }

    private void roles(Observation anew) {
        Map<Integer, Snapshot> claimed = new HashMap<>();
        run.observation().snapshots().forEach(snapshot -> claimed.put(snapshot.id(), snapshot));
        for (Snapshot snapshot : anew.snapshots()) {
            Snapshot before = claimed.get(snapshot.id());
            Map<Long, Role> roles = new HashMap<>();
            snapshot.mappings().forEach(mapping -> roles.put(mapping.range().start(), mapping.role()));
            for (Mapping mapping : before == null ? List.<Mapping>of() : before.mappings()) {
                Role role = roles.get(mapping.range().start());
                if (role != null
                        && role != mapping.role()
                        && WITHOUT_FILES.contains(role)
                        && WITHOUT_FILES.contains(mapping.role())) {
                    tell("checkpoint " + snapshot.id() + ": " + mapping.range() + " is " + role.title() + ", and not "
                            + mapping.role().title());
                    return;
                }
            }
        }
    }

    /** What changed of one sort between two checkpoints, whatever roles it is divided by. */
    private record Effect(long bytes, List<AddressRange> ranges, Set<Long> causedBy, Set<String> causes) {
        @Override
        public String toString() {
            return bytes + " bytes in " + ranges.size() + (ranges.size() == 1 ? " range" : " ranges") + " by "
                    + String.join(", ", causes) + " " + causedBy;
        }
    }

    private static Map<String, Effect> effects(Analysis analysis) {
        Map<String, List<Change>> steps = new TreeMap<>();
        for (Change change : analysis.changes()) {
            // Of a file's parts, which are told apart there and not here, some are new while others only gain pages.
            if (change.kind() == ChangeKind.RESIDENCY) {
                continue;
            }
            steps.computeIfAbsent(
                            "checkpoints " + change.from() + " and " + change.to() + " (" + sort(change) + ")",
                            step -> new ArrayList<>())
                    .add(change);
        }
        Map<String, Effect> effects = new TreeMap<>();
        steps.forEach((step, changes) -> effects.put(step, effect(changes)));
        return effects;
    }

    private static String sort(Change change) {
        return change.bytes() > 0 ? "more" : change.bytes() < 0 ? "less" : "other";
    }

    private static Effect effect(List<Change> changes) {
        long bytes = 0;
        Set<Long> causedBy = new TreeSet<>();
        Set<String> causes = new TreeSet<>();
        List<AddressRange> ranges = new ArrayList<>();
        for (Change change : changes) {
            bytes += change.bytes();
            causedBy.addAll(change.causedBy());
            causes.add(change.cause().name());
            ranges.add(change.range());
        }
        return new Effect(bytes, joined(ranges), causedBy, causes);
    }

    private static List<AddressRange> joined(List<AddressRange> ranges) {
        List<AddressRange> joined = new ArrayList<>();
        @Nullable AddressRange last = null;
        for (AddressRange range : ranges.stream().sorted().toList()) {
            if (last != null && Long.compareUnsigned(range.start(), last.end()) <= 0) {
                long end = Long.compareUnsigned(range.end(), last.end()) > 0 ? range.end() : last.end();
                last = new AddressRange(last.start(), end);
                joined.set(joined.size() - 1, last);
            } else {
                last = range;
                joined.add(range);
            }
        }
        return joined;
    }
}
