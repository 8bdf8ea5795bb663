using UnityEngine;

namespace Dramatis
{
    /// <summary>A kitchen with one character: put this on an empty object, set the token, play.</summary>
    public sealed class KitchenExample : MonoBehaviour
    {
        [SerializeField] private string url = "ws://127.0.0.1:4680/stage";
        [SerializeField] private string token = "";

        private void Start()
        {
            var client = gameObject.AddComponent<DramatisClient>();
            client.Greeted += () => client.Open(new[] { "mrs-hudson" }, "A kitchen, late in the evening.", "p1", "Ada");
            client.SceneOpened += _ => Begin(client);
            client.BeatCame += Show;
            client.ThoughtsCame += told =>
            {
                foreach (var thought in told.thoughts) Debug.Log("ai state: " + thought.text);
            };
            client.Refused += (_, code, why) => Debug.LogWarning(code + ": " + why);
            client.Ended += why => Debug.LogWarning("ended: " + why);
            client.Join(url, token);
        }

        private static void Begin(DramatisClient client)
        {
            client.DeclareCues(new[] { new Cue("nod", "nods"), new Cue("pour", "pours tea") });
            client.Pace(6000);
            // She has her back to it: nobody but the player sees.
            client.Perceive("A cup tips over behind Mrs. Hudson.", "player");
            client.Say("Good evening, Mrs. Hudson.");
        }

        private static void Show(Beat beat)
        {
            foreach (var segment in beat.segments)
            {
                if (segment.kind == "speech") Debug.Log("subtitle: " + beat.speaker.name + ": " + segment.text);
                else Debug.Log("animation: " + (segment.cue != "" ? segment.cue : segment.text));
            }
        }
    }
}
