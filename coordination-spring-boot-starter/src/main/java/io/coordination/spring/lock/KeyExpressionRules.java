package io.coordination.spring.lock;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.Assign;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.ConstructorReference;
import org.springframework.expression.spel.ast.FunctionReference;
import org.springframework.expression.spel.ast.Indexer;
import org.springframework.expression.spel.ast.Literal;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.OpDec;
import org.springframework.expression.spel.ast.OpInc;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.TypeReference;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;

/** What a key expression may name: the arguments of its method, their properties, beans, and the root object. */
final class KeyExpressionRules {

    private static final Set<String> ROOT = Set.of("method", "methodName", "target", "args");

    private final String text;
    private final boolean namesAreMissing;
    private final Map<String, ResolvableType> named = new LinkedHashMap<>();
    private final Map<String, ResolvableType> numbered = new LinkedHashMap<>();
    private final List<String> found = new ArrayList<>();
    private boolean refersToSomething;

    KeyExpressionRules(String text, Method method, Class<?> targetClass, @Nullable String @Nullable [] names) {
        this.text = text;
        this.namesAreMissing = names == null && method.getParameterCount() > 0;
        for (int i = 0; i < method.getParameterCount(); i++) {
            ResolvableType type = ResolvableType.forMethodParameter(method, i, targetClass);
            if (names != null && names[i] != null) {
                named.put("#" + names[i], type);
            }
            numbered.put("#p" + i, type);
            numbered.put("#a" + i, type);
        }
    }

    void check(SpelExpression expression, List<String> problems) {
        SpelNode root = expression.getAST();
        visit(root, true);
        if (found.isEmpty() && !refersToSomething && !isConstant(root)) {
            found.add("computes the same for every call: a key is SpEL, not text");
        }
        for (String what : found) {
            problems.add("key = \"" + text + "\" " + what
                    + ". Refer to an argument as #name, and put a constant into single quotes: \"'"
                    + text.replace("'", "")
                    + "'\".");
        }
    }

    private static boolean isConstant(SpelNode node) {
        return node instanceof Literal;
    }

    /** @param onRoot whether a name here stands for something of the root object, and not of what stands before it */
    private void visit(SpelNode node, boolean onRoot) {
        if (node instanceof CompoundExpression) {
            visitPath(node, onRoot);
            return;
        }
        if (node instanceof Assign || node instanceof OpInc || node instanceof OpDec) {
            found.add("changes something: a key is only read. To compare, write ==");
        } else if (node instanceof VariableReference) {
            variable(node.toStringAST());
        } else if (node instanceof FunctionReference) {
            found.add("calls an unknown function: " + node.toStringAST());
        } else if (node instanceof BeanReference
                || node instanceof TypeReference
                || node instanceof ConstructorReference
                || node instanceof MethodReference) {
            refersToSomething = true;
        } else if (node instanceof PropertyOrFieldReference property && onRoot) {
            rootProperty(property.getName());
        }
        if (node instanceof TypeReference || node instanceof ConstructorReference) {
            return;
        }
        boolean inside = onRoot && !(node instanceof Projection) && !(node instanceof Selection);
        for (int i = 0; i < node.getChildCount(); i++) {
            visit(node.getChild(i), inside);
        }
    }

    private void visitPath(SpelNode path, boolean onRoot) {
        SpelNode first = path.getChild(0);
        visit(first, onRoot);
        PropertyPath properties = new PropertyPath(typeOf(first));
        for (int i = 1; i < path.getChildCount(); i++) {
            SpelNode step = path.getChild(i);
            String missing = properties.follow(step);
            if (missing != null) {
                found.add(missing);
            }
            if (step instanceof MethodReference || step instanceof Indexer) {
                for (int child = 0; child < step.getChildCount(); child++) {
                    // A bare name as an index is taken as a key of a map.
                    if (!(step instanceof Indexer && step.getChild(child) instanceof PropertyOrFieldReference)) {
                        visit(step.getChild(child), onRoot);
                    }
                }
            } else if (step instanceof Projection || step instanceof Selection) {
                visit(step, false);
            }
        }
    }

    private ResolvableType typeOf(SpelNode node) {
        if (!(node instanceof VariableReference)) {
            return ResolvableType.NONE;
        }
        ResolvableType type = named.get(node.toStringAST());
        return type != null ? type : numbered.getOrDefault(node.toStringAST(), ResolvableType.NONE);
    }

    private void variable(String variable) {
        refersToSomething = true;
        if (named.containsKey(variable)
                || numbered.containsKey(variable)
                || variable.equals("#root")
                || variable.equals("#this")) {
            return;
        }
        if (namesAreMissing) {
            found.add("uses " + variable
                    + ", but the class was compiled without the names of parameters: compile with -parameters, or use "
                    + numbered.keySet());
        } else {
            found.add("uses the unknown variable " + variable + "; known are " + known());
        }
    }

    private void rootProperty(String property) {
        refersToSomething = true;
        if (!ROOT.contains(property)) {
            String hint = named.containsKey("#" + property) ? "; #" + property + " is an argument" : "";
            found.add("uses the unknown name " + property + hint + "; a key is SpEL, not text");
        }
    }

    private String known() {
        List<String> all = new ArrayList<>(named.keySet());
        all.addAll(numbered.keySet().stream().filter(n -> n.startsWith("#p")).toList());
        return all.isEmpty() ? "none, as the method has no parameters" : String.join(", ", all);
    }
}
