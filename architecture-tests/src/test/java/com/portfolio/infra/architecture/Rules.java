package com.portfolio.infra.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** The rules that hold between the modules and inside each. */
final class Rules {

    private final Modules modules;

    Rules(Modules modules) {
        this.modules = modules;
    }

    /** Who may know whom. Vendors that are not named by {@link PublishedModule} are as forbidden as siblings. */
    ArchRule knowsOnlyItsOwn(PublishedModule module) {
        DescribedPredicate<JavaClass> known = describe(
                "belong to a module it may know",
                type -> modules.of(type).map(module::mayKnow).orElse(false));
        return classes()
                .that(belongTo(module))
                .should()
                .onlyDependOnClassesThat(known.or(resideInAnyPackage(module.libraries())));
    }

    /** The JDK's own vendor types: the rule above lets the JDK pass, and JDBC is a part of it. */
    ArchRule portsAreFreeOfJdbc() {
        return noClasses()
                .that(belongTo(PublishedModule.PORTS))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..");
    }

    ArchRule packagesAreFreeOfCycles() {
        return slices().matching("com.portfolio.infra.(**)").should().beFreeOfCycles();
    }

    ArchRule packagesAreNullMarked() {
        return all(new Packages()).should(new BeNullMarked());
    }

    /** One who imports a name from one package of ours must not have to write out another's. */
    ArchRule publicNamesOccurOnce() {
        return classes()
                .that()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .and()
                .resideOutsideOfPackage("..internal..")
                .should(new HaveANameOfTheirOwn());
    }

    /**
     * What an exception tells is what it was made with. A recording of a test run knows nothing else, and that is what is
     * searched for credentials.
     */
    ArchRule exceptionsTellWhatTheyWereMadeWith() {
        return methods()
                .that()
                .areDeclaredInClassesThat()
                .areAssignableTo(Throwable.class)
                .and()
                .haveNameMatching("getMessage|getLocalizedMessage|toString")
                .and()
                .haveRawParameterTypes(new Class<?>[0])
                .should(new NotBeThere())
                .allowEmptyShould(true);
    }

    private static final class NotBeThere extends ArchCondition<JavaMethod> {

        NotBeThere() {
            super("not be there");
        }

        @Override
        public void check(JavaMethod item, ConditionEvents events) {
            events.add(SimpleConditionEvent.violated(item, item.getFullName() + " makes up another text"));
        }
    }

    private DescribedPredicate<JavaClass> belongTo(PublishedModule module) {
        return describe(
                "belong to " + module.artifactId(),
                type -> modules.of(type).filter(module::equals).isPresent());
    }

    private static final class Packages extends AbstractClassesTransformer<JavaPackage> {

        Packages() {
            super("packages");
        }

        @Override
        public Set<JavaPackage> doTransform(JavaClasses classes) {
            Set<JavaPackage> packages = new LinkedHashSet<>();
            classes.stream()
                    .filter(type -> !type.getSimpleName().equals("module-info"))
                    .forEach(type -> packages.add(type.getPackage()));
            return packages;
        }
    }

    private static final class BeNullMarked extends ArchCondition<JavaPackage> {

        BeNullMarked() {
            super("be annotated with @NullMarked");
        }

        @Override
        public void check(JavaPackage item, ConditionEvents events) {
            boolean marked = item.isAnnotatedWith(NullMarked.class);
            events.add(new SimpleConditionEvent(
                    item, marked, "Package " + item.getName() + (marked ? " is" : " is not") + " @NullMarked"));
        }
    }

    private static final class HaveANameOfTheirOwn extends ArchCondition<JavaClass> {

        private Map<String, List<String>> byName = Map.of();

        HaveANameOfTheirOwn() {
            super("have a simple name of their own");
        }

        @Override
        public void init(Collection<JavaClass> all) {
            byName = all.stream()
                    .collect(Collectors.groupingBy(
                            JavaClass::getSimpleName, Collectors.mapping(JavaClass::getName, Collectors.toList())));
        }

        @Override
        public void check(JavaClass item, ConditionEvents events) {
            List<String> bearers = byName.getOrDefault(item.getSimpleName(), List.of());
            events.add(new SimpleConditionEvent(
                    item, bearers.size() == 1, item.getSimpleName() + " is the name of " + String.join(", ", bearers)));
        }
    }
}
