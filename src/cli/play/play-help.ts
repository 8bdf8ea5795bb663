export const PLAY_HELP = `Usage: dramatis play [options]

Plays a scene in the terminal. Without options: the first scene that ships.

  --scene FILE|NAME  a scene file, or a scene that ships (--list names them)
  --cast a,b         who plays, in place of the scene's own cast; without --scene,
                     in the first scene that all of them belong to
  --chat FILE        goes on with a chat of SillyTavern (.jsonl); who speaks in it
                     needs a card here
  --as NAME          the name you bear in the scene
  --turns N          N lines of characters without a player, then the end
  --script FILE      types the lines of a file for you, then the end
  --seed N           the same seed gives the same play (with the scripted demo)
  --json             one JSON object a beat on stdout; all else goes to stderr
  --xray             shows the layers that the room cannot see (in JSON: "hidden")
  --resume NAME      keeps the scene under this name, or goes on with it
  --list             names the scenes and characters

While it plays: type what you say (*asterisks* for what you do), a number for a
choice, or a slash command (/help names them). Ctrl-C stops a turn, then leaves.

MODEL and OPENAI_BASE_URL say which model plays; without, the scripted demo does.
`;
