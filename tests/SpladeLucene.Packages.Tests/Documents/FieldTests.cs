using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Packages.Tests.Support;

namespace SpladeLucene.Packages.Tests.Documents;

/// <summary>The kinds of fields, what they give and what they refuse.</summary>
public sealed class FieldTests
{
    private static readonly FieldType StoredOnly = new() { IsStored = true };

    [Fact]
    public void GetStringValue_EachKind_IsTheTextOrNull()
    {
        Assert.Equal("text", new StoredField("f", "text").GetStringValue());
        Assert.Equal("-7", new StoredField("f", -7).GetStringValue());
        Assert.Equal("1.5", new StoredField("f", 1.5f).GetStringValue());
        Assert.Null(new StoredField("f", new byte[] { 1 }).GetStringValue());
        Assert.Null(new TextField("f", new StringReader("read")).GetStringValue());
    }

    [Fact]
    public void GetNumber_OfANumber_ConvertsAndOfATextIsNull()
    {
        var number = new StoredField("f", 1L << 33);
        var text = new StoredField("f", "12");

        Assert.Equal(1L << 33, number.GetInt64Value());
        Assert.Equal(8589934592f, number.GetSingleValue());
        Assert.Equal(8589934592d, number.GetDoubleValue());
        Assert.Equal(3, new StoredField("f", 3).GetInt32Value());
        Assert.Null(text.GetInt32Value());
        Assert.Null(text.GetInt64Value());
        Assert.Null(text.GetSingleValue());
        Assert.Null(text.GetDoubleValue());
    }

    [Fact]
    public void GetBinaryValue_EachKind_IsTheBytesOrNull()
    {
        Assert.Equal(new BytesRef([1, 2]), new StoredField("f", new byte[] { 1, 2 }).GetBinaryValue());
        Assert.Equal(new BytesRef("b"), new Field("f", new BytesRef("b"), StoredOnly).GetBinaryValue());
        Assert.Null(new StoredField("f", "text").GetBinaryValue());
    }

    [Fact]
    public void FieldType_OfEachKind_SaysHowItIsIndexed()
    {
        IIndexableFieldType id = new StringField("f", "x", Field.Store.NO).IndexableFieldType;
        Assert.Same(StringField.TYPE_NOT_STORED, id);
        Assert.Same(StringField.TYPE_STORED, new StringField("f", "x", Field.Store.YES).FieldType);
        Assert.Equal((true, false, true), (id.IsIndexed, id.IsTokenized, id.OmitNorms));
        Assert.Equal(IndexOptions.DOCS_ONLY, id.IndexOptions);
        Assert.Equal(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, TextField.TYPE_STORED.IndexOptions);
        Assert.Equal(DocValuesType.NONE, TextField.TYPE_STORED.DocValueType);
        Assert.Equal(DocValuesType.NUMERIC, new NumericDocValuesField("f", 1).FieldType.DocValueType);
        Assert.Equal(DocValuesType.SORTED_SET, new SortedSetDocValuesField("f", new BytesRef()).FieldType.DocValueType);
    }

    [Fact]
    public void FieldType_Frozen_RefusesAChangeAndItsCopyDoesNot()
    {
        var copy = new FieldType(StringField.TYPE_STORED) { DocValueType = DocValuesType.BINARY };

        Assert.Equal((true, true), (copy.IsStored, copy.OmitNorms));
        Assert.ThrowsAny<InvalidOperationException>(() => StringField.TYPE_STORED.IsStored = false);
        Assert.ThrowsAny<InvalidOperationException>(() => copy.Freeze().DocValueType = DocValuesType.NONE);
    }

    [Fact]
    public void Field_ThatIsNeitherIndexedNorStored_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new Field("f", "text", new FieldType()));
        Assert.Throws<ArgumentException>(() => new Field("f", new BytesRef("b"), TextField.TYPE_STORED));
        Assert.Throws<ArgumentException>(() => new Field("f", new StringReader("x"), TextField.TYPE_STORED));
    }

    [Fact]
    public void Boost_FieldWithoutNorms_IsRefused()
    {
        var text = new TextField("f", "x", Field.Store.NO) { Boost = 2f };

        Assert.Equal(2f, text.Boost);
        Assert.Throws<ArgumentException>(() => new StringField("f", "x", Field.Store.NO) { Boost = 2f });
        Assert.Throws<ArgumentException>(() => new StoredField("f", "x") { Boost = 2f });
    }

    [Fact]
    public void GetTokenStream_EachKind_GivesTheTokensThatAreIndexed()
    {
        using var analyzer = new WhitespaceAnalyzer(LuceneVersion.LUCENE_48);

        Assert.Equal("a[0,1) b[2,3) end 3", TokensOf(new TextField("f", "a b", Field.Store.NO), analyzer));
        Assert.Equal("c[0,1) d[2,3) end 3", TokensOf(new TextField("f", new StringReader("c d")), analyzer));
        Assert.Equal("a b[0,3) end 3", TokensOf(new StringField("f", "a b", Field.Store.NO), analyzer));
        Assert.Null(new StoredField("f", "a b").GetTokenStream(analyzer));
    }

    [Fact]
    public void GetTokenStream_FieldOfAnotherClass_IsWhatTheWriterIndexes()
    {
        using DirectoryReader reader = TestIndex.Of([TestIndex.Document(new ReversedField("f", "abc"))]);

        Assert.Equal(1, reader.DocFreq(new Term("f", "cba")));
        Assert.Equal(0, reader.DocFreq(new Term("f", "abc")));
    }

    [Fact]
    public void Document_SeveralFields_AreFoundByName()
    {
        Document document = TestIndex.Document(
            new StoredField("a", new byte[] { 1 }), new StoredField("b", "x"), new StoredField("a", "y"));

        Assert.Equal(3, document.Fields.Count);
        Assert.Same(document.Fields[0], document.GetField("a"));
        Assert.Equal(["a", "a"], document.GetFields("a").Select(found => found.Name));
        Assert.Equal("y", document.Get("a"));
        Assert.Equal(new BytesRef([1]), document.GetBinaryValue("a"));
        Assert.Null(document.GetField("c"));
        Assert.Null(document.Get("c"));
        Assert.Null(document.GetBinaryValue("b"));
        Assert.Empty(document.GetFields("c"));
    }

    private static string TokensOf(Field value, Analyzer analyzer) => Tokens.Of(value.GetTokenStream(analyzer));

    private sealed class ReversedField(string name, string text) : Field(name, TextField.TYPE_NOT_STORED)
    {
        public override TokenStream GetTokenStream(Analyzer analyzer) =>
            analyzer.GetTokenStream(Name, new StringReader(new string([.. text.Reverse()])));
    }
}
