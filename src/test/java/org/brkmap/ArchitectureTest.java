package org.brkmap;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Holds the arrows of docs/ARCHITECTURE.md: who may use whom, and which library is met where. */
@AnalyzeClasses(packages = "org.brkmap", importOptions = ArchitectureTest.MainClasses.class)
class ArchitectureTest {
    private static final String ROOT = "org.brkmap.";

    /** Each package, and those of ours it may use. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("libc", Set.of()),
            Map.entry("procfs", Set.of("model", "libc")),
            Map.entry("toolchain", Set.of("model")),
            Map.entry("elf", Set.of("model", "toolchain")),
            Map.entry("observe", Set.of("model", "procfs", "libc", "toolchain")),
            Map.entry("analyse", Set.of("model", "elf")),
            Map.entry("check", Set.of("model", "analyse")),
            Map.entry("evidence", Set.of("model", "analyse")),
            Map.entry("report", Set.of("model", "analyse", "evidence")),
            Map.entry("lab", Set.of("model", "toolchain", "observe", "analyse", "check", "evidence", "report")),
            Map.entry("handout", Set.of("toolchain", "lab")),
            Map.entry("grade", Set.of("model", "analyse", "evidence", "report", "lab", "toolchain", "sandbox")),
            Map.entry("export", Set.of("evidence", "report", "grade")),
            Map.entry("sandbox", Set.of("procfs", "toolchain")),
            Map.entry(
                    "rerun", Set.of("model", "analyse", "evidence", "report", "lab", "toolchain", "sandbox", "grade")),
            Map.entry(
                    "bench",
                    Set.of("model", "procfs", "toolchain", "observe", "analyse", "evidence", "report", "lab", "grade")),
            Map.entry(
                    "cli",
                    Set.of(
                            "model",
                            "libc",
                            "procfs",
                            "toolchain",
                            "elf",
                            "observe",
                            "analyse",
                            "check",
                            "evidence",
                            "report",
                            "lab",
                            "handout",
                            "grade",
                            "export",
                            "sandbox",
                            "rerun",
                            "bench")));

    /** Libraries, and the only packages that may meet them. */
    private static final Map<String, List<String>> LIBRARIES = Map.of(
            "com.sun.jna..", List.of("libc"),
            "org.apache.commons.exec..", List.of("toolchain"),
            "de.siegmar.fastcsv..", List.of("grade"),
            "com.google.gson..", List.of("evidence"),
            "org.jsoup..", List.of("report", "evidence", "handout", "grade"),
            "picocli..", List.of("cli"),
            "org.junit..", List.of("lab", "check"),
            "org.assertj..", List.of("check", "lab"));

    @ArchTest
    static final ArchRule no_cycles =
            slices().matching("org.brkmap.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_the_command_line_ends_the_jvm = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "cli..")
            .should()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule classes_live_in_a_known_package = classes()
            .that(alwaysTrue())
            .should()
            .resideInAnyPackage(
                    ARROWS.keySet().stream().map(name -> ROOT + name).toArray(String[]::new));

    @TestFactory
    List<DynamicTest> each_package_uses_only_what_it_may() {
        JavaClasses all = imported();
        return ARROWS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> Assertions.assertThat(used(all, entry.getKey()))
                                .as("packages that %s uses", entry.getKey())
                                .isSubsetOf(entry.getValue())))
                .toList();
    }

    @TestFactory
    List<DynamicTest> each_library_is_met_only_where_it_belongs() {
        JavaClasses all = imported();
        return LIBRARIES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> noClasses()
                                .that()
                                .resideOutsideOfPackages(entry.getValue().stream()
                                        .map(name -> ROOT + name)
                                        .toArray(String[]::new))
                                .should()
                                .dependOnClassesThat(resideInAPackage(entry.getKey()))
                                .check(all)))
                .toList();
    }

    /** Tests lie elsewhere than Maven's usual place, and would be taken for the product. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    private static JavaClasses imported() {
        return new ClassFileImporter().withImportOption(new MainClasses()).importPackages("org.brkmap");
    }

    private static Set<String> used(JavaClasses all, String name) {
        Set<String> used = new TreeSet<>();
        all.stream()
                .filter(type -> type.getPackageName().equals(ROOT + name))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass())
                .map(JavaClass::getPackageName)
                .filter(target -> target.startsWith(ROOT))
                .map(target -> target.substring(ROOT.length()))
                .filter(target -> !target.equals(name))
                .forEach(used::add);
        return used;
    }
}
