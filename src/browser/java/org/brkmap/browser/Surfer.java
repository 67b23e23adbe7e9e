package org.brkmap.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A browser of Debian's, and pages opened in it from files; what a page complains of, or asks of the network, is kept. */
abstract class Surfer {
    private static Playwright playwright;
    private static Browser browser;

    @TempDir
    static Path folder;

    private BrowserContext context;
    /** What pages wrote to the console or threw. */
    final List<String> complaints = new ArrayList<>();
    /** What pages asked for, but themselves. */
    final List<String> requests = new ArrayList<>();

    @BeforeAll
    static void start() {
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of(
                        "PLAYWRIGHT_NODEJS_PATH", program("node", "nodejs"), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(program("chromium", "chromium")))
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")));
    }

    private static String program(String name, String debianPackage) {
        for (String directory : System.getenv("PATH").split(":", -1)) {
            Path program = Path.of(directory, name);
            if (Files.isExecutable(program)) {
                return program.toString();
            }
        }
        throw new IllegalStateException("the browser tests want " + name + "; Debian: apt install " + debianPackage);
    }

    @AfterAll
    static void stop() {
        browser.close();
        playwright.close();
    }

    @AfterEach
    void leave() {
        if (context != null) {
            context.close();
        }
    }

    /** Writes a page to a file and opens it in a window of 1200 by 900. */
    Page open(String html) {
        return open(html, new Browser.NewContextOptions().setViewportSize(1200, 900));
    }

    Page open(String html, Browser.NewContextOptions options) {
        try {
            Path file = Files.createTempFile(folder, "page", ".html");
            Files.write(file, html.getBytes(StandardCharsets.UTF_8));
            if (context != null) {
                context.close();
            }
            context = browser.newContext(options);
            Page page = context.newPage();
            page.onPageError(error -> complaints.add(error));
            page.onConsoleMessage(message -> complaints.add(message.text()));
            String address = file.toUri().toString();
            page.onRequest(request -> {
                if (!request.url().split("#", 2)[0].equals(address)) {
                    requests.add(request.url());
                }
            });
            page.navigate(address);
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What axe-core has against a page: nothing, or for each rule the first places with the reason. */
    @SuppressWarnings("unchecked") // the script hands over a list of strings
    static List<String> violations(Page page) {
        try (InputStream axe = Surfer.class.getResourceAsStream("/axe.min.js")) {
            page.evaluate(new String(Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (List<String>) page.evaluate("""
                async () => (await axe.run()).violations.map(rule => rule.id + ": " + rule.nodes.slice(0, 4).map(
                    node => node.target.join(" ") + " " + node.failureSummary.replace(/\\s+/g, " ")).join("; "))""");
    }
}
