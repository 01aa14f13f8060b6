import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FeatureField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;

/** Indexes bulk lines as features, and asks queries by tokens of them. */
public final class FeatureFields {
    private static final String FIELD = "splade";
    private static final Pattern FEATURE = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\":(-?[0-9.]+(?:[eE][-+]?[0-9]+)?)[,}]");

    public static void main(String[] args) throws Exception {
        try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
            index(Files.readAllLines(Path.of(args[0])), directory);
            PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                for (String line : Files.readAllLines(Path.of(args[1]))) ask(line, searcher, out);
            }
            out.flush();
        }
    }

    private static void index(List<String> lines, ByteBuffersDirectory directory) throws Exception {
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
            for (int i = 0; i < lines.size(); i += 2) {
                Document document = new Document();
                document.add(new StringField("id", text(lines.get(i), "\"_id\":\""), Field.Store.YES));
                features(lines.get(i + 1), "\"" + FIELD + "\":{").forEach((name, value) -> document.add(new FeatureField(FIELD, name, value)));
                writer.addDocument(document);
            }
        }
    }

    private static void ask(String line, IndexSearcher searcher, PrintStream out) throws Exception {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        features(line, "\"query_tokens\":{").forEach(
            (name, weight) -> query.add(FeatureField.newLinearQuery(FIELD, name, weight), BooleanClause.Occur.SHOULD));
        float least = number(line, "\"min_score\":", 0);
        int size = (int) number(line, "\"size\":", 10);
        List<String[]> hits = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(query.build(), searcher.getIndexReader().maxDoc()).scoreDocs) {
            if (hit.score >= least) hits.add(new String[] { searcher.doc(hit.doc).get("id"), Float.toString(hit.score) });
        }
        hits.sort(Comparator.comparing((String[] hit) -> -Float.parseFloat(hit[1])).thenComparing(hit -> hit[0]));
        for (String[] hit : hits.subList(0, Math.min(size, hits.size()))) out.print(text(line, "{\"id\":\"") + "\t" + hit[0] + "\t" + hit[1] + "\n");
    }

    private static Map<String, Float> features(String line, String before) {
        Map<String, Float> found = new LinkedHashMap<>();
        int start = line.indexOf(before);
        if (start < 0) return found;
        Matcher feature = FEATURE.matcher(line).region(start + before.length(), line.length());
        while (feature.lookingAt()) {
            found.put(unescaped(feature.group(1)), Float.parseFloat(feature.group(2)));
            if (line.charAt(feature.end() - 1) == '}') return found;
            feature.region(feature.end(), line.length());
        }
        if (line.charAt(feature.regionStart()) != '}') throw new IllegalArgumentException("No features: " + line.substring(feature.regionStart()));
        return found;
    }

    private static String text(String line, String before) {
        int start = line.indexOf(before) + before.length();
        return unescaped(line.substring(start, line.indexOf('"', start)));
    }

    private static float number(String line, String before, float otherwise) {
        int start = line.indexOf(before);
        if (start < 0) return otherwise;
        return Float.parseFloat(line.substring(start + before.length()).split("[,}]", 2)[0]);
    }

    private static String unescaped(String text) {
        Matcher escape = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))").matcher(text);
        return escape.replaceAll(found -> Matcher.quoteReplacement(
            found.group(1) == null ? found.group(2) : String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }
}
