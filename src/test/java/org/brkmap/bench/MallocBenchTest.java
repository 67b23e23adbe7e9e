package org.brkmap.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.brkmap.bench.AllocatorFigures.Arenas;
import org.brkmap.bench.AllocatorFigures.Flip;
import org.brkmap.bench.AllocatorFigures.Growth;
import org.brkmap.bench.AllocatorFigures.Length;
import org.brkmap.bench.AllocatorFigures.Returned;
import org.brkmap.bench.AllocatorFigures.Way;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MallocBenchTest {
    private static final long LARGE = 8L << 20;

    private static Allocator glibc;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        glibc = Allocator.find(Programs.find(), new LinkedHashMap<>()).get(0);
    }

    @Test
    void mallocsThatAreNotInstalledAreNamedWithHowToGetThemAndGlibcIsMeasured()
            throws IOException, InterruptedException {
        Map<String, String> missing = new LinkedHashMap<>();
        assertThat(Allocator.find(Programs.find(), "", "no-such-musl-gcc", missing))
                .extracting(Allocator::name)
                .containsExactly("glibc");
        assertThat(missing)
                .containsOnlyKeys("jemalloc", "mimalloc", "tcmalloc", "musl")
                .allSatisfy(
                        (name, why) -> assertThat(why).contains("apt install").contains(name));
    }

    @Test
    void theFlipIsASizeFromWhichRequestsAreMappedAndBelowWhichTheyAreNot() throws IOException, InterruptedException {
        long first = flip(glibc, "fill");
        MallocProbe probe = new MallocProbe(glibc.with("GLIBC_TUNABLES", "glibc.malloc.top_pad=0"));
        assertThat(way(probe, first)).isEqualTo(Way.OWN_MAPPING);
        assertThat(way(probe, first - 1)).isEqualTo(Way.BREAK);
    }

    @Test
    void aThresholdThatIsSetMovesTheFlipByAsMuch() throws IOException, InterruptedException {
        long low = flip(glibc.with("GLIBC_TUNABLES", "glibc.malloc.mmap_threshold=200000:glibc.malloc.top_pad=0"));
        long high = flip(glibc.with("GLIBC_TUNABLES", "glibc.malloc.mmap_threshold=400000:glibc.malloc.top_pad=0"));
        assertThat(high - low).isEqualTo(200_000);
    }

    @Test
    void freeingAMappedBlockRaisesTheFlipAboveIt() throws IOException, InterruptedException {
        assertThat(flip(glibc, "1048576", "-1")).isGreaterThan(1 << 20);
    }

    @Test
    void whereNothingIsMappedForARequestThereIsNoFlip() throws IOException, InterruptedException {
        Flip flip = new FlipSearch(glibc, List.of(), 1000).ownMapping();
        assertThat(flip.first()).isNull();
        assertThat(flip.unknown()).isNull();
    }

    @Test
    void aProgramThatRefusesSaysWhyAndThatIsNoFlip() throws IOException, InterruptedException {
        Flip flip = new FlipSearch(glibc, List.of("-7"), LARGE).ownMapping();
        assertThat(flip.first()).isNull();
        assertThat(flip.unknown()).contains("N must be a number");
    }

    @Test
    void theBreakIsFollowedThroughGrowthAndWhatGoesBackIsSeen() throws IOException, InterruptedException {
        MallocProbe probe = new MallocProbe(glibc);
        assertThat(probe.growth()).isNotEmpty().allSatisfy(step -> {
            assertThat(step.call()).isIn("brk", "mmap");
            assertThat(step.bytes()).isPositive();
        });
        Returned returned = probe.returned().orElseThrow();
        assertThat(Objects.requireNonNull(returned.share())).isBetween(0.5, 1.0);
        assertThat(returned.mappedAfter()).isLessThan(returned.mappedFull());
    }

    @Test
    void everyByteOfTheGrownHeapIsInSomeGrowth() throws IOException, InterruptedException {
        Requests run = Requests.of(glibc, List.of("1", "2000x4000"));
        long moved = run.steps().stream().mapToLong(Requests.Step::breakMoved).sum();
        assertThat(new MallocProbe(glibc).growth())
                .filteredOn(step -> step.call().equals("brk"))
                .extracting(step -> step.bytes() * step.times())
                .satisfies(bytes -> assertThat(
                                bytes.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(moved)
                        .isPositive());
    }

    @Test
    void theFreeOfOneBlockTellsTheKernelFromTheFlipOn() throws IOException, InterruptedException {
        assertThat(new MallocProbe(glibc).givenBack().first()).isEqualTo(flip(glibc));
    }

    @Test
    void glibcAsksForWholePagesAndMuslForBytes() throws IOException, InterruptedException {
        assertThat(new MallocProbe(glibc).length().from().first()).isNull();
        Allocator musl = Allocator.find(Programs.find(), new LinkedHashMap<>()).stream()
                .filter(allocator -> allocator.name().equals("musl"))
                .findFirst()
                .orElse(null);
        assumeThat(musl).as("musl-gcc is installed").isNotNull();
        Length length = new MallocProbe(Objects.requireNonNull(musl)).length();
        assertThat(length.from().first()).isGreaterThanOrEqualTo(flip(musl));
        assertThat(length.extra()).isBetween(1L, 64L);
    }

    @Test
    void ofSmallRequestsTheFirstMakesTheHeapAndTheOthersFindRoomInIt() throws IOException, InterruptedException {
        List<List<Growth>> small = new MallocProbe(glibc).small();
        assertThat(small).hasSize(MallocProbe.SMALL_ONES);
        assertThat(small.get(0)).extracting(Growth::call).containsExactly("brk");
        assertThat(small.subList(1, small.size())).allMatch(List::isEmpty);
    }

    @Test
    void eachThreadReservesAnArenaOfWhichLittleIsAccessible() throws IOException, InterruptedException {
        List<Arenas> all = new MallocProbe(glibc).arenas();
        assertThat(all).hasSize(4);
        long each = all.get(0).reserved();
        assertThat(each).isGreaterThan(1L << 20);
        assertThat(all.get(0).accessible()).isPositive().isLessThan(each / 10);
        assertThat(all.get(1).reserved()).isEqualTo(all.get(1).threads() * each);
        assertThat(all.get(2).reserved())
                .isBetween(all.get(1).reserved(), all.get(2).threads() * each);
        assertThat(all.get(3).setting()).contains("arena_max=1");
        assertThat(all.get(3).reserved()).isZero();
    }

    @Test
    void textJsonAndPageTellTheSame() throws IOException, InterruptedException {
        MallocProbe probe = new MallocProbe(glibc);
        AllocatorFigures figures = new AllocatorFigures(
                glibc,
                Map.of(1L << 20, probe.served(1 << 20).orElseThrow()),
                Map.of("the first request", new Flip(4711L, LARGE, 3, null)),
                new Length(new Flip(8150L, LARGE, 5, null), 24),
                new Flip(null, LARGE, 1, null),
                List.of(List.of(new Growth("brk", 135168, 1)), List.of()),
                List.of(),
                null,
                List.of(new Arenas("one thread", 1, 4 << 20, 4096)));
        MallocResults results = new MallocResults(List.of("a machine"), List.of(figures), Map.of("x<y>", "lacking"));
        assertThat(MallocText.text(results)).contains("glibc", "from 4,711 bytes on", "x<y>: lacking", "by halves");
        assertThat(MallocText.markdown(results))
                .contains(
                        "| What | How it was found | glibc |",
                        "| from 4,711 bytes on |",
                        "from 8,150 bytes on: it and 24 bytes",
                        "| 1 × brk 132 KiB; none |",
                        "x<y>");
        assertThat(Jsoup.parse(MallocText.page(results)).text()).contains("from 4,711 bytes on", "x<y>");
        JsonObject json = JsonParser.parseString(MallocText.json(results)).getAsJsonObject();
        assertThat(json.toString())
                .contains("\"the first request\":4711", "\"returned_share\":null", "\"first_given_back_at_once\":null");
    }

    private static long flip(Allocator allocator, String... before) throws IOException, InterruptedException {
        Flip flip = new FlipSearch(allocator, List.of(before), LARGE).ownMapping();
        return Objects.requireNonNull(flip.first(), () -> String.valueOf(flip.unknown()));
    }

    private static Way way(MallocProbe probe, long bytes) throws IOException, InterruptedException {
        return probe.served(bytes).orElseThrow().way();
    }
}
