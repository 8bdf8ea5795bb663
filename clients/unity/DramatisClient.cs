using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using UnityEngine;

namespace Dramatis
{
    /// <summary>
    /// Joins a Dramatis stage: a game's players and events go there, what its characters do comes back as events, on the
    /// main thread. The token is an application's: dramatis apps add "My game" --scopes play,direct,peek. The protocol is
    /// docs/protocol.md of Dramatis; docs/games.md shows it step by step. Needs Unity 2021.2 or later; not for WebGL, whose
    /// pages have a WebSocket of their own.
    /// </summary>
    public sealed class DramatisClient : MonoBehaviour
    {
        /// <summary>Every message that this client sends. A value that begins with $ is filled in.</summary>
        private static readonly Dictionary<string, string> Messages = new Dictionary<string, string>
        {
            ["open"] = @"{""type"":""open"",""start"":{""title"":""$title"",""setting"":""$setting"",""cast"":""$cast""},""as"":{""id"":""$player"",""name"":""$name""},""thoughts"":true}",
            ["reopen"] = @"{""type"":""open"",""scene"":""$scene"",""as"":{""id"":""$player"",""name"":""$name""},""thoughts"":true,""after"":""$after"",""revision"":""$revision"",""run"":""$run""}",
            ["say"] = @"{""type"":""say"",""text"":""$text"",""key"":""$key""}",
            ["act"] = @"{""type"":""act"",""text"":""$text"",""key"":""$key""}",
            ["whisper"] = @"{""type"":""whisper"",""to"":""$to"",""text"":""$text"",""key"":""$key""}",
            ["perceive"] = @"{""type"":""perceive"",""text"":""$text"",""witnesses"":""$witnesses"",""key"":""$key""}",
            ["next"] = @"{""type"":""next""}",
            ["next_of"] = @"{""type"":""next"",""who"":""$who""}",
            ["cast"] = @"{""type"":""cast"",""character"":""$character"",""present"":""$present""}",
            ["cues"] = @"{""type"":""cues"",""actions"":""$actions""}",
            ["pace"] = @"{""type"":""pace"",""deadline_ms"":""$ms""}",
            ["interrupt"] = @"{""type"":""interrupt""}",
            ["stop"] = @"{""type"":""stop""}",
            ["save"] = @"{""type"":""save"",""name"":""$name""}",
            ["saves"] = @"{""type"":""saves""}",
            ["load"] = @"{""type"":""load"",""save"":""$save""}",
            ["move"] = @"{""type"":""move"",""who"":""$who"",""to"":""$to""}",
        };

        private const float FirstWait = 0.25f;
        private const float LongestWait = 4f;

        [SerializeField] private string url = "ws://127.0.0.1:4680/stage";
        [SerializeField] private string token = "";

        /// <summary>The stage let this client in; open a scene now.</summary>
        public event Action Greeted;
        /// <summary>A scene is open. Where it says reset, forget what was shown before.</summary>
        public event Action<Opened> SceneOpened;
        public event Action<Beat> BeatCame;
        /// <summary>A beat reads differently now; null: it is gone.</summary>
        public event Action<int, Beat> BeatChanged;
        /// <summary>Who makes a line now; null: nobody.</summary>
        public event Action<Actor> Typing;
        /// <summary>What was thought in a line: the state of your AI. Not for players, unless you mean it.</summary>
        public event Action<Thoughts> ThoughtsCame;
        public event Action<string> Notice;
        /// <summary>What a call came to: the re that the call returned, and the whole answer as JSON.</summary>
        public event Action<string, string> Answered;
        /// <summary>A call was refused: its re, a code, and why.</summary>
        public event Action<string, string, string> Refused;
        public event Action WentOffline;
        /// <summary>It is over: never let in, another version (4000), the token was removed (4001).</summary>
        public event Action<string> Ended;

        private readonly ConcurrentQueue<Action> mainThread = new ConcurrentQueue<Action>();
        // Lines that were sent and not answered: they go out again under their keys, and are heard once.
        private readonly SortedDictionary<int, string> unheard = new SortedDictionary<int, string>();
        private readonly CancellationTokenSource leaving = new CancellationTokenSource();
        private readonly SemaphoreSlim sending = new SemaphoreSlim(1, 1);
        private ClientWebSocket socket;
        private int asked;
        private bool known;
        private float wait = FirstWait;
        private string run = "";
        private string scene = "";
        // The run whose beats `after` and `revision` count.
        private string placeRun = "";
        private int after;
        private int revision;
        private string playerId = "player";
        private string playerName = "Guest";

        public void Join(string stageUrl, string stageToken)
        {
            url = stageUrl;
            token = stageToken;
            Live(leaving.Token).ContinueWith(
                failed => Debug.LogException(failed.Exception),
                TaskContinuationOptions.OnlyOnFaulted);
        }

        /// <summary>Starts a scene of its own with these card ids. The player is the same person under the same id.</summary>
        public string Open(IEnumerable<string> cast, string setting, string id, string name, string title = "A scene")
        {
            (playerId, playerName) = (id, name);
            return Send("open", ("title", title), ("setting", setting), ("cast", cast), ("player", id), ("name", name));
        }

        public string Say(string text) => SendLine("say", ("text", text));

        public string Act(string text) => SendLine("act", ("text", text));

        /// <summary>Only these card ids ever know.</summary>
        public string Whisper(IEnumerable<string> to, string text) => SendLine("whisper", ("to", to), ("text", text));

        /// <summary>
        /// Something happened, and exactly these noticed: card ids, "player", or "everyone" alone. Nobody answers by
        /// themselves.
        /// </summary>
        public string Perceive(string text, params string[] witnesses) =>
            SendLine("perceive", ("text", text), ("witnesses", witnesses));

        /// <summary>A turn: of a card id, of "environment", or (null) of whom the director picks.</summary>
        public string Next(string who = null) => who == null ? Send("next") : Send("next_of", ("who", who));

        public string Cast(string character, bool present = true) =>
            Send("cast", ("character", character), ("present", present));

        /// <summary>What the game can show, and words that say what it is.</summary>
        public string DeclareCues(IEnumerable<Cue> actions) => Send("cues", ("actions", actions));

        /// <summary>Milliseconds (500 to 120,000) until a line from the card stands in; null: as long as it takes.</summary>
        public string Pace(int? ms) => Send("pace", ("ms", ms));

        public string Interrupt() => Send("interrupt");

        public string Stop() => Send("stop");

        public string Save(string name) => Send("save", ("name", name));

        public string ListSaves() => Send("saves");

        public string Load(string save) => Send("load", ("save", save));

        /// <summary>A card id, or "player", goes to a room by its name, or to "main".</summary>
        public string Move(string who, string to) => Send("move", ("who", who), ("to", to));

        private void Update()
        {
            while (mainThread.TryDequeue(out var told)) told();
        }

        private void OnDestroy()
        {
            leaving.Cancel();
            socket?.Dispose();
        }

        /// <summary>One connection after the other, until it is over.</summary>
        private async Task Live(CancellationToken end)
        {
            while (!end.IsCancellationRequested)
            {
                var reason = await Visit(end);
                if (end.IsCancellationRequested) return;
                var code = (int?)socket.CloseStatus;
                if (!known || code == 4000 || code == 4001)
                {
                    mainThread.Enqueue(() => Ended?.Invoke(reason));
                    return;
                }
                if (wait <= FirstWait) mainThread.Enqueue(() => WentOffline?.Invoke());
                var pause = TimeSpan.FromSeconds(wait);
                wait = Math.Min(LongestWait, wait * 2f);
                try { await Task.Delay(pause, end); }
                catch (OperationCanceledException) { return; }
            }
        }

        /// <summary>From the first message of a connection to its last; returns why it ended.</summary>
        private async Task<string> Visit(CancellationToken end)
        {
            socket?.Dispose();
            socket = new ClientWebSocket();
            socket.Options.AddSubProtocol("dramatis.v1");
            socket.Options.AddSubProtocol(token);
            try
            {
                await socket.ConnectAsync(new Uri(url), end);
                var buffer = new ArraySegment<byte>(new byte[16 * 1024]);
                while (true)
                {
                    using (var whole = new MemoryStream())
                    {
                        WebSocketReceiveResult piece;
                        do
                        {
                            piece = await socket.ReceiveAsync(buffer, end);
                            if (piece.MessageType == WebSocketMessageType.Close)
                                return socket.CloseStatusDescription ?? "The stage closed the connection.";
                            whole.Write(buffer.Array, 0, piece.Count);
                        } while (!piece.EndOfMessage);
                        var text = Encoding.UTF8.GetString(whole.ToArray());
                        mainThread.Enqueue(() => Receive(text));
                    }
                }
            }
            catch (Exception error) when (error is WebSocketException || error is OperationCanceledException || error is ObjectDisposedException)
            {
                return error.Message;
            }
        }

        // On the main thread, as everything below.
        private void Receive(string text)
        {
            var head = JsonUtility.FromJson<Head>(text);
            switch (head.type)
            {
                case "hello": Greet(JsonUtility.FromJson<Hello>(text)); break;
                case "opened": NoteOpened(JsonUtility.FromJson<Opened>(text)); break;
                case "beat": Tell(JsonUtility.FromJson<BeatMessage>(text).beat); break;
                case "update":
                    var update = JsonUtility.FromJson<BeatMessage>(text);
                    revision = update.revision;
                    BeatChanged?.Invoke(update.n, update.beat.n == 0 ? null : update.beat);
                    break;
                case "typing":
                    var who = JsonUtility.FromJson<TypingMessage>(text).who;
                    Typing?.Invoke(string.IsNullOrEmpty(who.id) ? null : who);
                    break;
                case "thoughts": ThoughtsCame?.Invoke(JsonUtility.FromJson<Thoughts>(text)); break;
                case "notice": Notice?.Invoke(JsonUtility.FromJson<NoticeMessage>(text).text); break;
            }
            if (string.IsNullOrEmpty(head.re)) return;
            if (int.TryParse(head.re, out var re)) unheard.Remove(re);
            if (head.type == "error") Refused?.Invoke(head.re, head.code, head.message);
            else Answered?.Invoke(head.re, text);
        }

        private void Greet(Hello hello)
        {
            var sameRun = run == hello.run;
            known = true;
            wait = FirstWait;
            run = hello.run;
            if (scene == "") Greeted?.Invoke();
            else
                Send("reopen", ("scene", scene), ("player", playerId), ("name", playerName), ("after", after),
                    ("revision", revision), ("run", placeRun));
            foreach (var line in new List<KeyValuePair<int, string>>(unheard))
            {
                if (sameRun)
                {
                    _ = Transmit(line.Value);
                    continue;
                }
                // Another run of the stage knows no key: whether that line was heard is for the player to see.
                unheard.Remove(line.Key);
                Refused?.Invoke(line.Key.ToString(), "lost", "The stage was started anew before it answered.");
            }
        }

        private void NoteOpened(Opened opened)
        {
            scene = string.IsNullOrEmpty(opened.place) ? opened.scene.id : opened.place;
            revision = opened.revision;
            placeRun = run;
            if (opened.reset)
            {
                after = opened.beats.Length == 0 ? 0 : opened.beats[opened.beats.Length - 1].n;
                SceneOpened?.Invoke(opened);
                return;
            }
            // What was missed while the connection was gone.
            foreach (var beat in opened.beats) Tell(beat);
        }

        private void Tell(Beat beat)
        {
            after = Math.Max(after, beat.n);
            BeatCame?.Invoke(beat);
        }

        private string SendLine(string template, params (string, object)[] fields)
        {
            var keyed = new List<(string, object)>(fields) { ("key", Guid.NewGuid().ToString("N")) };
            var (re, text) = Fill(template, keyed);
            unheard[re] = text;
            _ = Transmit(text);
            return re.ToString();
        }

        private string Send(string template, params (string, object)[] fields)
        {
            var (re, text) = Fill(template, fields);
            if (socket?.State == WebSocketState.Open) _ = Transmit(text);
            // Not before the caller has the re that is refused.
            else mainThread.Enqueue(() => Refused?.Invoke(re.ToString(), "lost", "There is no connection now."));
            return re.ToString();
        }

        private (int, string) Fill(string template, IEnumerable<(string, object)> fields)
        {
            asked += 1;
            var values = new Dictionary<string, string>();
            foreach (var (name, value) in fields) values[name] = Json.Of(value);
            var text = Regex.Replace(Messages[template], "\"\\$(\\w+)\"", found => values[found.Groups[1].Value]);
            return (asked, text.Substring(0, text.Length - 1) + ",\"re\":\"" + asked + "\"}");
        }

        /// <summary>A socket sends one message at a time. What is lost here goes out again, or was no line.</summary>
        private async Task Transmit(string text)
        {
            var open = socket;
            if (open == null || open.State != WebSocketState.Open) return;
            await sending.WaitAsync();
            try
            {
                var bytes = new ArraySegment<byte>(Encoding.UTF8.GetBytes(text));
                await open.SendAsync(bytes, WebSocketMessageType.Text, true, leaving.Token);
            }
            catch (Exception error) when (error is WebSocketException || error is OperationCanceledException || error is ObjectDisposedException)
            {
                // The receiving side says how it ended.
            }
            finally { sending.Release(); }
        }
    }
}
