class_name DramatisClient
extends Node
## Joins a Dramatis stage: a game’s players and events go there, what its characters do comes back as signals.
##
## Add it to a scene, set `url` and `token`, call `join()`. The token is an application’s:
## dramatis apps add "My game" --scopes play,direct,peek
## The protocol is docs/protocol.md of Dramatis; docs/games.md shows it step by step.

## The stage greets: `scopes`, `library` (who could be cast), `playing`.
signal greeted(hello: Dictionary)
## A scene is open: `scene`, `beats` so far; with `reset` true forget what was shown before.
signal opened(message: Dictionary)
## Something happened: `n`, `kind`, `speaker`, and `segments`, each an action (with `cue`, where one fits) or speech.
signal beat_came(beat: Dictionary)
## Beat `n` reads differently now, or is gone (an empty dictionary).
signal beat_changed(n: int, beat: Dictionary)
## A finished piece of a line in the making, for games that begin to play before it ends.
signal piece_came(speaker: Dictionary, segment: Dictionary)
## The pieces of that line were wrong: forget them.
signal pieces_withdrawn
## Who makes a line now; an empty dictionary: nobody.
signal typing(who: Dictionary)
## What was thought in a line: the state of your AI. Not for players, unless you mean it.
signal thoughts_came(n: int, thoughts: PackedStringArray)
## The scene as it is now: cast, presence, rooms.
signal scene_changed(scene: Dictionary)
## A neutral line outside the story.
signal notice(text: String)
## What a call came to; `re` is what the call returned.
signal answered(re: String, message: Dictionary)
## A call was refused, and why.
signal refused(re: String, code: String, message: String)
## The connection went; it is dialled again by itself.
signal went_offline
## It is over: left, not let in, another version (4000), the token was removed (4001).
signal ended(code: int, reason: String)

## Every message that this client sends. A value that begins with $ is filled in.
const MESSAGES := {
	"open": '{"type":"open","start":{"title":"$title","setting":"$setting","cast":"$cast"},"as":{"id":"$player","name":"$name"},"thoughts":true}',
	"reopen": '{"type":"open","scene":"$scene","as":{"id":"$player","name":"$name"},"thoughts":true,"after":"$after","revision":"$revision","run":"$run"}',
	"say": '{"type":"say","text":"$text","key":"$key"}',
	"act": '{"type":"act","text":"$text","key":"$key"}',
	"whisper": '{"type":"whisper","to":"$to","text":"$text","key":"$key"}',
	"perceive": '{"type":"perceive","text":"$text","witnesses":"$witnesses","key":"$key"}',
	"next": '{"type":"next"}',
	"next_of": '{"type":"next","who":"$who"}',
	"cast": '{"type":"cast","character":"$character","present":"$present"}',
	"cues": '{"type":"cues","actions":"$actions"}',
	"pace": '{"type":"pace","deadline_ms":"$ms"}',
	"interrupt": '{"type":"interrupt"}',
	"stop": '{"type":"stop"}',
	"save": '{"type":"save","name":"$name"}',
	"saves": '{"type":"saves"}',
	"load": '{"type":"load","save":"$save"}',
	"move": '{"type":"move","who":"$who","to":"$to"}',
}

const FIRST_WAIT := 0.25
const LONGEST_WAIT := 4.0
## What the stage tells at once can be more than Godot’s own 64 KiB: a library, a long scene.
const BUFFER_BYTES := 4 * 1024 * 1024

@export var url := "ws://127.0.0.1:4680/stage"
@export var token := ""

var _socket: WebSocketPeer
var _asked := 0
var _known := false
var _leaving := false
var _redial_in := -1.0
var _wait := FIRST_WAIT
var _player := {"id": "player", "name": "Guest"}
# Where the scene is, to go on from there: scene, after, revision, run.
var _place := {}
var _run := ""
# Lines that were sent and not answered: they go out again under their keys, and are heard once.
var _unheard := {}


func join() -> void:
	_known = false
	_leaving = false
	_dial()


func leave() -> void:
	_leaving = true
	_redial_in = -1.0
	_place = {}
	if _socket:
		_socket.close()


## Starts a scene of its own with these card ids. The player is the same person under the same id.
func open(cast: Array, setting: String, player_id: String, player_name: String, title := "A scene") -> String:
	_player = {"id": player_id, "name": player_name}
	return _send("open", {
		"title": title, "setting": setting, "cast": cast, "player": player_id, "name": player_name,
	})


func say(text: String) -> String:
	return _send_line("say", {"text": text})


func act(text: String) -> String:
	return _send_line("act", {"text": text})


## Only these card ids ever know.
func whisper(to: Array, text: String) -> String:
	return _send_line("whisper", {"to": to, "text": text})


## Something happened, and exactly these noticed: card ids, "player", or ["everyone"]. Nobody answers by themselves.
func perceive(text: String, witnesses: Array) -> String:
	return _send_line("perceive", {"text": text, "witnesses": witnesses})


## A turn: of a card id, of "environment", or (empty) of whom the director picks.
func next(who := "") -> String:
	return _send("next", {}) if who.is_empty() else _send("next_of", {"who": who})


func cast_character(character: String, present := true) -> String:
	return _send("cast", {"character": character, "present": present})


## What the game can show: [{"name": "nod", "means": "nods"}, …].
func declare_cues(actions: Array) -> String:
	return _send("cues", {"actions": actions})


## Milliseconds (500 to 120,000) until a line from the card stands in; 0: as long as it takes.
func pace(ms: int) -> String:
	return _send("pace", {"ms": null if ms == 0 else ms})


func interrupt() -> String:
	return _send("interrupt", {})


func stop() -> String:
	return _send("stop", {})


func save_scene(save_name: String) -> String:
	return _send("save", {"name": save_name})


func list_saves() -> String:
	return _send("saves", {})


func load_save(save_id: String) -> String:
	return _send("load", {"save": save_id})


## A card id, or "player", goes to a room by its name, or to "main".
func move(who: String, to: String) -> String:
	return _send("move", {"who": who, "to": to})


func _process(delta: float) -> void:
	if _redial_in >= 0.0:
		_redial_in -= delta
		if _redial_in < 0.0:
			_dial()
	if not _socket:
		return
	_socket.poll()
	match _socket.get_ready_state():
		WebSocketPeer.STATE_OPEN:
			while _socket and _socket.get_available_packet_count() > 0:
				_receive(_socket.get_packet().get_string_from_utf8())
		WebSocketPeer.STATE_CLOSED:
			_hang_up(_socket.get_close_code(), _socket.get_close_reason())


func _dial() -> void:
	_socket = WebSocketPeer.new()
	_socket.supported_protocols = PackedStringArray(["dramatis.v1", token])
	_socket.inbound_buffer_size = BUFFER_BYTES
	var error := _socket.connect_to_url(url)
	if error != OK:
		_hang_up(-1, error_string(error))


func _hang_up(code: int, reason: String) -> void:
	_socket = null
	# Never let in, left, another version, a removed token: dialling again changes nothing.
	if _leaving or not _known or code in [4000, 4001]:
		ended.emit(code, reason)
		return
	if _wait == FIRST_WAIT:
		went_offline.emit()
	_redial_in = _wait
	_wait = minf(LONGEST_WAIT, _wait * 2.0)


func _receive(text: String) -> void:
	var message: Dictionary = JSON.parse_string(text)
	match message["type"]:
		"hello":
			_greet(message)
		"opened":
			_note_opened(message)
			opened.emit(message)
		"beat":
			_tell_beat(message["beat"])
		"update":
			_place["revision"] = int(message["revision"])
			beat_changed.emit(int(message["n"]), message.get("beat", {}))
		"partial":
			piece_came.emit(message["speaker"], message["segment"])
		"withdraw":
			pieces_withdrawn.emit()
		"typing":
			typing.emit(message.get("who", {}))
		"thoughts":
			var texts := PackedStringArray()
			for thought in message["thoughts"]:
				texts.append(thought["text"])
			thoughts_came.emit(int(message["beat"]), texts)
		"scene":
			scene_changed.emit(message["scene"])
		"notice":
			notice.emit(message["text"])
	if not message.has("re"):
		return
	_unheard.erase(message["re"])
	if message["type"] == "error":
		refused.emit(message["re"], message["code"], message["message"])
	else:
		answered.emit(message["re"], message)


func _greet(hello: Dictionary) -> void:
	var same_run: bool = _run == hello["run"]
	_known = true
	_wait = FIRST_WAIT
	_run = hello["run"]
	greeted.emit(hello)
	if _place.has("scene"):
		var fields := _place.duplicate()
		fields.merge({"player": _player["id"], "name": _player["name"]})
		_send("reopen", fields)
	for re in _unheard.keys():
		if same_run:
			_socket.send_text(_unheard[re])
			continue
		# Another run of the stage knows no key: whether that line was heard is for the player to see.
		_unheard.erase(re)
		refused.emit(re, "lost", "The stage was started anew before it answered.")


func _note_opened(message: Dictionary) -> void:
	var beats: Array = message["beats"]
	var before: int = 0 if message["reset"] else _place.get("after", 0)
	_place = {
		"scene": message.get("place", message["scene"]["id"]),
		"after": before,
		"revision": int(message["revision"]),
		"run": _run,
	}
	# What was missed while the connection was gone.
	for beat in beats:
		if message["reset"]:
			_place["after"] = int(beat["n"])
		else:
			_tell_beat(beat)


func _tell_beat(beat: Dictionary) -> void:
	_place["after"] = maxi(_place.get("after", 0), int(beat["n"]))
	beat_came.emit(beat)


func _send_line(template: String, fields: Dictionary) -> String:
	fields["key"] = Crypto.new().generate_random_bytes(16).hex_encode()
	return _send(template, fields, true)


## Returns the `re` of its answer.
func _send(template: String, fields: Dictionary, again := false) -> String:
	_asked += 1
	var re := str(_asked)
	var message: Dictionary = _filled(JSON.parse_string(MESSAGES[template]), fields)
	message["re"] = re
	var text := JSON.stringify(message)
	if again:
		_unheard[re] = text
	if _socket and _socket.get_ready_state() == WebSocketPeer.STATE_OPEN:
		_socket.send_text(text)
	elif not again:
		# Not before the caller has the `re` that is refused.
		call_deferred("emit_signal", "refused", re, "lost", "There is no connection now.")
	return re


static func _filled(template: Variant, fields: Dictionary) -> Variant:
	if template is String and template.begins_with("$"):
		return fields[template.substr(1)]
	if template is Dictionary:
		var made := {}
		for key in template:
			made[key] = _filled(template[key], fields)
		return made
	return template
