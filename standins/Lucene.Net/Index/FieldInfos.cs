using System.Collections;

namespace Lucene.Net.Index;

public class FieldInfos : IEnumerable<FieldInfo>
{
    private readonly List<FieldInfo> _byNumber = [];
    private readonly Dictionary<string, FieldInfo> _byName = [];

    internal FieldInfos()
    {
    }

    public virtual int Count => _byNumber.Count;

    public virtual FieldInfo FieldInfo(string fieldName) => _byName.GetValueOrDefault(fieldName);

    public virtual IEnumerator<FieldInfo> GetEnumerator() => _byNumber.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal FieldInfo Numbered(int number) => _byNumber[number];

    internal FieldInfo GetOrAdd(string name)
    {
        if (!_byName.TryGetValue(name, out FieldInfo? info))
        {
            Add(info = new FieldInfo(name, _byNumber.Count));
        }
        return info;
    }

    internal void Merge(FieldInfos others)
    {
        foreach (FieldInfo other in others)
        {
            GetOrAdd(other.Name).Add(other);
        }
    }

    internal void WriteTo(BinaryWriter writer)
    {
        writer.Write(_byNumber.Count);
        _byNumber.ForEach(info => info.WriteTo(writer));
    }

    internal static FieldInfos Read(BinaryReader reader)
    {
        var infos = new FieldInfos();
        int count = reader.ReadInt32();
        for (int number = 0; number < count; number++)
        {
            infos.Add(Index.FieldInfo.Read(reader, number));
        }
        return infos;
    }

    private void Add(FieldInfo info)
    {
        _byNumber.Add(info);
        _byName.Add(info.Name, info);
    }
}
