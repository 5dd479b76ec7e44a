package io.coordination.sample.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.sample.BoxOfficeTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

@BoxOfficeTest
class PageTests {

    private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"([^\"#]+\\.(?:css|js|svg))\"");
    private static final Pattern IMPORT = Pattern.compile("from '\\./([a-z]+\\.js)'");

    @Autowired
    RestTestClient http;

    @Test
    void thePageAndEverythingItLoadsIsServedFromHere() {
        String page = get("/");
        Queue<String> toLoad = new ArrayDeque<>();
        ASSET.matcher(page).results().forEach(asset -> toLoad.add("/" + asset.group(1)));
        Set<String> loaded = new HashSet<>();
        while (!toLoad.isEmpty()) {
            String asset = toLoad.remove();
            if (loaded.add(asset)) {
                IMPORT.matcher(get(asset)).results().forEach(module -> toLoad.add("/js/" + module.group(1)));
            }
        }

        assertThat(loaded)
                .contains("/css/theme.css", "/css/page.css", "/icon.svg", "/js/main.js", "/js/api.js", "/js/locks.js");
    }

    @Test
    void thePageNeedsNothingThatItsPolicyForbids() {
        assertThat(get("/"))
                .doesNotContain("<style", "style=", "onclick", "://")
                .doesNotContainPattern("<script(?! type=\"module\" src=\"js/main.js\"></script>)");
    }

    private String get(String path) {
        return new String(
                http.get()
                        .uri(path)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectHeader()
                        .value(
                                "Content-Security-Policy",
                                policy -> assertThat(policy).contains("default-src 'self'"))
                        .expectBody()
                        .returnResult()
                        .getResponseBodyContent(),
                StandardCharsets.UTF_8);
    }
}
