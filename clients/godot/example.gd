extends Node
## A kitchen with one character: put this on a node of an empty scene, set the token, run it.

@export var token := ""

var _client := DramatisClient.new()


func _ready() -> void:
	_client.token = token
	_client.greeted.connect(_on_greeted, CONNECT_ONE_SHOT)
	_client.opened.connect(_on_opened, CONNECT_ONE_SHOT)
	_client.beat_came.connect(_on_beat)
	_client.thoughts_came.connect(_on_thoughts)
	_client.refused.connect(func(_re, code, why): push_warning("%s: %s" % [code, why]))
	_client.ended.connect(func(code, reason): push_warning("ended (%d) %s" % [code, reason]))
	add_child(_client)
	_client.join()


func _on_greeted(_hello: Dictionary) -> void:
	_client.open(["mrs-hudson"], "A kitchen, late in the evening.", "p1", "Ada")


func _on_opened(_message: Dictionary) -> void:
	_client.declare_cues([{"name": "nod", "means": "nods"}, {"name": "pour", "means": "pours tea"}])
	_client.pace(6000)
	# She has her back to it: nobody but the player sees.
	_client.perceive("A cup tips over behind Mrs. Hudson.", ["player"])
	_client.say("Good evening, Mrs. Hudson.")


func _on_beat(beat: Dictionary) -> void:
	for segment in beat["segments"]:
		if segment["kind"] == "action":
			print("animation: ", segment.get("cue", segment["text"]))
		else:
			print("subtitle: ", beat.get("speaker", {}).get("name", ""), ": ", segment["text"])


func _on_thoughts(_n: int, thoughts: PackedStringArray) -> void:
	print("ai state: ", " ".join(thoughts))
