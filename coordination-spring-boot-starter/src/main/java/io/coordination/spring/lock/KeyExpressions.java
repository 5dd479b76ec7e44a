package io.coordination.spring.lock;

import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.expression.BeanResolver;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelCompilerMode;
import org.springframework.expression.spel.SpelParserConfiguration;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/** Reads the expressions that say which resource a call is about. */
final class KeyExpressions {

    private final ConfigurableBeanFactory beans;
    private final SpelExpressionParser parser;
    private final BeanResolver beanResolver;
    private final ParameterNameDiscoverer names = DefaultParameterNameDiscoverer.getSharedInstance();

    KeyExpressions(ConfigurableBeanFactory beans) {
        this.beans = beans;
        this.parser = new SpelExpressionParser(
                new SpelParserConfiguration(SpelCompilerMode.MIXED, beans.getBeanClassLoader()));
        this.beanResolver = new BeanFactoryResolver(beans);
    }

    /** The key; null, and a problem more, if it cannot be read at all. */
    @Nullable
    LockKey read(String name, String text, Method method, Class<?> targetClass, List<String> problems) {
        SpelExpression expression = parse(text, problems);
        if (expression == null) {
            return null;
        }
        @Nullable String @Nullable [] parameters = names.getParameterNames(method);
        new KeyExpressionRules(text, method, targetClass, parameters).check(expression, problems);
        return new KeyExpression(name, expression, method, parameters, beanResolver, conversion());
    }

    private @Nullable SpelExpression parse(String text, List<String> problems) {
        try {
            return parser.parseRaw(text);
        } catch (ParseException | IllegalStateException unreadable) {
            problems.add("key = \"" + text + "\" is not a SpEL expression: " + unreadable.getMessage()
                    + ". Write #argument.property, or a constant in single quotes.");
            return null;
        }
    }

    private ConversionService conversion() {
        ConversionService service = beans.getConversionService();
        return service == null ? DefaultConversionService.getSharedInstance() : service;
    }
}
