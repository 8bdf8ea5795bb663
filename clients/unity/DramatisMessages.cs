using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Dramatis
{
    // What comes from the stage, as far as JsonUtility has to know it.
    [Serializable] public class Actor { public string id = ""; public string name = ""; }
    /// <summary>kind is action or speech; cue is one of the declared names, or empty.</summary>
    [Serializable] public class Segment { public string kind = ""; public string text = ""; public string cue = ""; }
    [Serializable] public class Beat
    {
        public int n;
        public string kind = "";
        public Actor speaker = new Actor();
        public Segment[] segments = Array.Empty<Segment>();
        public string place = "";
        public bool fallback;
        public bool cut;
    }
    [Serializable] public class Thought { public string text = ""; }
    [Serializable] public class Thoughts { public int beat; public Thought[] thoughts = Array.Empty<Thought>(); }
    [Serializable] public class Scene { public string id = ""; public string title = ""; public string setting = ""; }
    [Serializable] public class Opened
    {
        public Scene scene = new Scene();
        public string place = "";
        public int revision;
        public bool reset;
        public Beat[] beats = Array.Empty<Beat>();
    }
    [Serializable] internal class Head { public string type = ""; public string re = ""; public string code = ""; public string message = ""; }
    [Serializable] internal class Hello { public string run = ""; }
    [Serializable] internal class BeatMessage { public int n; public int revision; public Beat beat = new Beat(); }
    [Serializable] internal class TypingMessage { public Actor who = new Actor(); }
    [Serializable] internal class NoticeMessage { public string text = ""; }

    /// <summary>The name of an action that the game can show: small letters, digits, _ . and -.</summary>
    public readonly struct Cue
    {
        public readonly string Name;
        public readonly string Means;

        public Cue(string name, string means)
        {
            Name = name;
            Means = means;
        }
    }

    /// <summary>Values as JSON: what the messages to the stage are made of.</summary>
    internal static class Json
    {
        public static string Of(object value)
        {
            switch (value)
            {
                case null: return "null";
                case bool yes: return yes ? "true" : "false";
                case int number: return number.ToString(CultureInfo.InvariantCulture);
                case string text: return Quoted(text);
                case Cue cue: return "{\"name\":" + Quoted(cue.Name) + ",\"means\":" + Quoted(cue.Means) + "}";
                case IEnumerable all:
                    var parts = new List<string>();
                    foreach (var one in all) parts.Add(Of(one));
                    return "[" + string.Join(",", parts) + "]";
                default: throw new ArgumentException("No JSON for " + value.GetType());
            }
        }

        private static string Quoted(string text)
        {
            var made = new StringBuilder("\"");
            foreach (var letter in text)
            {
                if (letter == '"' || letter == '\\') made.Append('\\').Append(letter);
                else if (letter < ' ') made.Append("\\u").Append(((int)letter).ToString("x4"));
                else made.Append(letter);
            }
            return made.Append('"').ToString();
        }
    }
}
