"""Speaks phrases with espeak-ng's library and tells at which sample each word and each sound begins.

In, on standard input: {"voice": name, "phrases": [{"text", "wordsPerMinute"}], "samples": file}.
Out: the samples (16-bit, mono) in that file, and on standard output {"sampleRate", "phrases": [{"samples",
"words": [[character, sample]], "sounds": [[name, sample]]}]}. The program's own command line tells no times.
"""
import ctypes
import json
import sys

SYNCHRONOUS, PHONEME_EVENTS, UTF8, WORDS_PER_MINUTE = 2, 1, 1, 1
WORD, PHONEME = 1, 7


class Name(ctypes.Union):
    _fields_ = [('number', ctypes.c_int), ('name', ctypes.c_char_p), ('string', ctypes.c_char * 8)]


class Event(ctypes.Structure):
    _fields_ = [
        ('type', ctypes.c_int),
        ('unique', ctypes.c_uint),
        ('character', ctypes.c_int),
        ('length', ctypes.c_int),
        ('milliseconds', ctypes.c_int),
        ('sample', ctypes.c_int),
        ('user', ctypes.c_void_p),
        ('id', Name),
    ]


library = ctypes.CDLL('libespeak-ng.so.1')
library.espeak_Synth.argtypes = [
    ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint,
    ctypes.c_void_p, ctypes.c_void_p,
]  # fmt: skip
Listener = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event))
pieces, words, sounds = [], [], []


def listen(samples, count, events):
    if count > 0:
        pieces.append(ctypes.string_at(samples, count * 2))
    at = 0
    while events[at].type != 0:
        event = events[at]
        if event.type == WORD:
            # Characters count from 1.
            words.append([event.character - 1, event.sample])
        elif event.type == PHONEME:
            sounds.append([event.id.string.decode('utf-8', 'replace'), event.sample])
        at += 1
    return 0


listener = Listener(listen)
wanted = json.load(sys.stdin)
sample_rate = library.espeak_Initialize(SYNCHRONOUS, 0, None, PHONEME_EVENTS)
library.espeak_SetSynthCallback(listener)
if library.espeak_SetVoiceByName(wanted['voice'].encode()) != 0:
    sys.exit(f"no voice {wanted['voice']}")
told = []
with open(wanted['samples'], 'wb') as out:
    for phrase in wanted['phrases']:
        pieces.clear()
        words.clear()
        sounds.clear()
        library.espeak_SetParameter(WORDS_PER_MINUTE, phrase['wordsPerMinute'], 0)
        text = phrase['text'].encode()
        library.espeak_Synth(text, len(text) + 1, 0, 1, 0, UTF8, None, None)
        spoken = b''.join(pieces)
        out.write(spoken)
        told.append({'samples': len(spoken) // 2, 'words': list(words), 'sounds': list(sounds)})
json.dump({'sampleRate': sample_rate, 'phrases': told}, sys.stdout)
