package org.brkmap.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.grade.VerifyingKey.Proof;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningTest {
    private static final Signature NONE = null;

    @TempDir
    private Path folder;

    private Path file;
    private SigningKey key;

    @BeforeEach
    void make() throws IOException {
        file = folder.resolve("course.key");
        key = SigningKey.make(file);
    }

    private static Result rerun() {
        return Results.full(Grading.TIER_A).withSignature(NONE);
    }

    @Test
    void a_key_is_its_owners_alone_and_its_public_half_verifies() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Path open = SigningKey.publicFile(file);
        assertThat(Files.readString(open)).doesNotContain("PRIVATE");
        Result signed = SigningKey.read(file).sign(rerun());
        assertThat(VerifyingKey.read(open).check(signed)).isEqualTo(Proof.VALID);
        assertThat(VerifyingKey.read(open).check(ResultJson.read(ResultJson.write(signed))))
                .isEqualTo(Proof.VALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"earned\":5|\"earned\":6",
                "\"student\":\"ada <b>\"|\"student\":\"bob\"",
                "\"actual\":\"</script>\"|\"actual\":\"fine\"",
                "\"sha256\":\"cd|\"sha256\":\"dc",
                "\"notes\":[\"a note\"]|\"notes\":[]",
                "\"grading\":\"TIER_A\"|\"grading\":\"TIER_B\"",
                "\"repeats\":null|\"repeats\":{\"runs\":2,\"flakes\":[]}"
            })
    void whatever_is_changed_afterwards_is_noticed(String change) throws IOException {
        String text = ResultJson.write(key.sign(rerun()));
        String[] parts = change.split("\\|", -1);
        assertThat(text).contains(parts[0]);
        assertThat(key.verifying().check(ResultJson.read(text.replace(parts[0], parts[1]))))
                .isEqualTo(Proof.TAMPERED);
    }

    @Test
    void another_key_no_signature_and_a_broken_one_are_told_apart() throws IOException {
        Result signed = key.sign(rerun());
        SigningKey other = SigningKey.make(folder.resolve("other.key"));
        assertThat(other.verifying().check(signed)).isEqualTo(Proof.OTHER_KEY);
        assertThat(key.verifying().check(rerun())).isEqualTo(Proof.UNSIGNED);
        String id = key.verifying().id();
        for (String value : List.of(
                "", "no base64!", "AAAA", other.sign(rerun()).signature().value())) {
            assertThat(key.verifying().check(rerun().withSignature(new Signature(id, value))))
                    .as(value)
                    .isEqualTo(Proof.TAMPERED);
        }
    }

    @Test
    void a_claim_is_not_signed() {
        assertThatThrownBy(() -> key.sign(Results.of("ada", Results.check("flip", 10, 10, CheckStatus.PASSED))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_is_never_written_over_and_an_open_one_not_used() throws IOException {
        String before = Files.readString(file);
        assertThatThrownBy(() -> SigningKey.make(file)).hasMessageContaining("is there already");
        assertThat(Files.readString(file)).isEqualTo(before);
        Path beside = folder.resolve("beside.key");
        Files.writeString(SigningKey.publicFile(beside), "");
        assertThatThrownBy(() -> SigningKey.make(beside)).hasMessageContaining("beside.key.pub");
        assertThat(beside).doesNotExist();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> SigningKey.read(file)).hasMessageContaining("chmod 600");
        assertThatThrownBy(() -> SigningKey.read(SigningKey.publicFile(file))).hasMessageContaining("no private key");
        assertThatThrownBy(() -> SigningKey.make(folder.resolve("none/course.key")))
                .isInstanceOf(GradeException.class);
    }

    @Test
    void halves_of_two_keys_are_no_key() throws IOException {
        Path other = folder.resolve("other.key");
        SigningKey.make(other);
        String mixed = Files.readString(file).replaceAll("(?s)-----BEGIN PUBLIC.*", "")
                + Files.readString(SigningKey.publicFile(other));
        Files.writeString(file, mixed);
        assertThatThrownBy(() -> SigningKey.read(file)).hasMessageContaining("different keys");
        Files.writeString(file, mixed.replaceAll("(?m)^M.*$", "MAAA"));
        assertThatThrownBy(() -> SigningKey.read(file)).isInstanceOf(GradeException.class);
    }

    @Test
    void a_folder_is_verified_file_by_file() throws IOException {
        ResultFiles results = ResultFiles.in(folder.resolve("out"));
        Path good = results.write(key.sign(rerun()));
        Result bare = rerun().withFlags(List.of());
        Path unsigned = results.write(bare, results.folder().resolve("unsigned.json"));
        Path broken = Files.writeString(results.folder().resolve("broken.json"), "{");
        Map<Path, Proof> found = new java.util.HashMap<>();
        Verification.of(folder.resolve("out"), key.verifying())
                .forEach(finding -> found.put(finding.file(), finding.proof()));
        assertThat(found).containsEntry(good, Proof.VALID).containsEntry(unsigned, Proof.UNSIGNED);
        assertThat(found).containsEntry(broken, null).hasSize(3);
        assertThatThrownBy(() -> Verification.of(folder.resolve("nothing"), key.verifying()))
                .hasMessageContaining("no such");
        assertThatThrownBy(() -> Verification.of(folder, key.verifying())).hasMessageContaining("no results");
    }

    /** Whoever has the file, the public key and openssl needs no brkmap: sort the members, leave the signature out. */
    @Test
    @EnabledIf("opensslIsHere")
    void openssl_verifies_it_too() throws IOException, InterruptedException {
        Result signed = key.sign(rerun());
        ObjectMapper mapper = new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
        JsonNode tree = mapper.readTree(ResultJson.write(signed));
        ((ObjectNode) tree).remove("signature");
        byte[] canonical = mapper.writeValueAsBytes(mapper.treeToValue(tree, Object.class));
        Path text = Files.write(folder.resolve("result"), canonical);
        Path value = Files.write(
                folder.resolve("value"),
                Base64.getDecoder().decode(signed.signature().value()));
        ToolResult openssl = Tool.of(
                        "openssl",
                        "pkeyutl",
                        "-verify",
                        "-pubin",
                        "-inkey",
                        SigningKey.publicFile(file).toString(),
                        "-rawin",
                        "-in",
                        text.toString(),
                        "-sigfile",
                        value.toString())
                .run();
        assertThat(openssl.stdout() + openssl.stderr()).contains("Signature Verified Successfully");
        ToolResult half =
                Tool.of("openssl", "pkey", "-in", file.toString(), "-pubout").run();
        assertThat(half.stdout()).isEqualTo(Files.readString(SigningKey.publicFile(file)));
    }

    static boolean opensslIsHere() {
        return Tool.exists("openssl");
    }
}
