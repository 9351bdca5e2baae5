import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Validates PDFs with the veraPDF engine: `Vera FLAVOUR FILE...`; exits 1 unless every file complies. */
public class Vera {
    public static void main(String[] args) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(args[0]);
        boolean allComply = args.length > 1;
        for (int i = 1; i < args.length; i++) {
            try (FileInputStream file = new FileInputStream(args[i]);
                    PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
                ValidationResult result =
                        Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
                System.out.printf("%s %s compliant=%b assertions=%d%n", args[i], flavour.getId(),
                        result.isCompliant(), result.getTotalAssertions());
                for (TestAssertion assertion : result.getTestAssertions()) {
                    if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                        System.out.printf("  %s-%d %s%n", assertion.getRuleId().getClause(),
                                assertion.getRuleId().getTestNumber(), assertion.getLocation().getContext());
                    }
                }
                allComply &= result.isCompliant() && result.getTotalAssertions() > 0;
            }
        }
        System.exit(allComply ? 0 : 1);
    }
}
