import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.verapdf.core.VeraPDFException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/**
 * Says which rules of PDF/UA and PDF/A a file breaks, by veraPDF.
 *
 * <p>Arguments: pairs of a flavour (ua1, 3a, 2b) and a file. Goes out: for each pair one line, flavour, file and
 * "ok" or how many rules are broken, parted by tabs; below it a line for each broken rule: a tab, clause and test,
 * how often, what it says, and where it is broken first. Exit code 1 if any is broken.
 */
public final class Validate {
    private record Broken(int[] times, String message, String where) {}

    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean clean = true;
        for (int at = 0; at + 1 < arguments.length; at += 2) {
            Map<String, Broken> broken = validate(arguments[at], Path.of(arguments[at + 1]));
            clean &= broken.isEmpty();
            String verdict = broken.isEmpty() ? "ok" : broken.size() + " rules broken";
            System.out.println(arguments[at] + "\t" + arguments[at + 1] + "\t" + verdict);
            broken.forEach((rule, found) -> System.out.println(
                "\t" + rule + " (" + found.times[0] + "×): " + found.message + " | " + found.where));
        }
        System.exit(clean ? 0 : 1);
    }

    /** The rules that a file breaks, in the order in which they are found. */
    private static Map<String, Broken> validate(String name, Path file) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.fromString(name);
        Map<String, Broken> broken = new LinkedHashMap<>();
        try (var parser = Foundries.defaultInstance().createParser(file.toFile(), flavour);
             var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                    broken.computeIfAbsent(rule, key -> new Broken(new int[1], oneLine(assertion.getMessage()),
                        oneLine(assertion.getLocation().getContext()))).times[0]++;
                }
            }
            // A validation that stopped early must not pass for a file that is clean.
            if (!result.isCompliant() && broken.isEmpty()) {
                broken.put("-", new Broken(new int[] {1}, "not compliant, no rule named", ""));
            }
        } catch (VeraPDFException failure) {
            broken.put("-", new Broken(new int[] {1}, "cannot be read: " + oneLine(failure.getMessage()), ""));
        }
        return broken;
    }

    private static String oneLine(String text) {
        return text == null ? "" : text.replaceAll("\\s+", " ").strip();
    }
}
