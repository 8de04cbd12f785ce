package com.portfolio.infra.testing.contract;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGenerator;

/**
 * Makes the name that is shown of a test from that of its method: {@code es3_nothingIsStored} is shown as
 * {@code ES.3 nothing is stored}.
 */
public final class RuleNames extends DisplayNameGenerator.Standard {

    private static final Pattern RULE = Pattern.compile("([a-z]+)(\\d+)_(.+)");

    @Override
    public String generateDisplayNameForMethod(
            List<Class<?>> enclosingInstanceTypes, Class<?> testClass, Method testMethod) {
        Matcher rule = RULE.matcher(testMethod.getName());
        return rule.matches()
                ? rule.group(1).toUpperCase(Locale.ROOT) + "." + rule.group(2) + " " + sentence(rule.group(3))
                : super.generateDisplayNameForMethod(enclosingInstanceTypes, testClass, testMethod);
    }

    private static String sentence(String camelCase) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < camelCase.length(); i++) {
            char c = camelCase.charAt(i);
            if (Character.isUpperCase(c)) {
                words.append(' ');
            }
            words.append(Character.toLowerCase(c));
        }
        return words.toString().strip();
    }
}
