package io.coordination.spring.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.expression.spel.standard.SpelExpressionParser;

class KeyExpressionRulesTests {

    @Test
    void withoutNamesOfParametersOnlyNumbersMayBeUsed() throws NoSuchMethodException {
        assertThat(problems("#first")).singleElement().asString().contains("compile with -parameters", "#p0", "#a1");
        assertThat(problems("#p0 + #a1")).isEmpty();
    }

    private static List<String> problems(String text) throws NoSuchMethodException {
        Method method = KeyExpressionRulesTests.class.getDeclaredMethod("method", String.class, String.class);
        List<String> problems = new ArrayList<>();
        new KeyExpressionRules(text, method, KeyExpressionRulesTests.class, null)
                .check(new SpelExpressionParser().parseRaw(text), problems);
        return problems;
    }

    void method(String first, String second) {}
}
