/* Hands that are faster than a person's, through XTest:
 *   kiosk-storm chords                 every chord of one, two and three held keys with every key of the keyboard that means something
 *   kiosk-storm touches SEED EVENTS    presses, drags, wheels and letting go anywhere with any button, out of one seed
 *   kiosk-storm keys TEXT…             each word's keysym, as fast as it goes
 * It prints how many there were, and returns when the display has taken them all. */
#include <X11/XKBlib.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <glib.h>
#include <string.h>

/* Shift alone, or with the key of the third level, types; it is a chord with any of the others. */
static const KeySym held[] = { XK_Control_L, XK_Alt_L, XK_Super_L, XK_Meta_L, XK_Hyper_L, XK_Shift_L, XK_ISO_Level3_Shift };
#define CHORDING 5
#define MOST_HELD 3
/* After this many the display waits for the program to take them in. */
#define AT_ONCE 50

static guint sent;

static void
send_key (Display *display, KeyCode key, gboolean down)
{
  if (key != 0)
    XTestFakeKeyEvent (display, key, down, CurrentTime);
}

static void
pause_now_and_then (Display *display)
{
  if (++sent % AT_ONCE != 0)
    return;
  XSync (display, False);
  g_usleep (2000);
}

static gboolean
is_modifier (Display *display, int key)
{
  KeySym keysym = XkbKeycodeToKeysym (display, (KeyCode) key, 0, 0);

  return IsModifierKey (keysym) || keysym == XK_ISO_Level3_Shift || keysym == XK_Num_Lock || keysym == XK_Caps_Lock;
}

static void
hold (Display *display, guint set, gboolean down)
{
  for (guint i = 0; i < G_N_ELEMENTS (held); i++)
    if (set & (1u << i))
      send_key (display, XKeysymToKeycode (display, held[i]), down);
}

static void
send_chord (Display *display, guint set, int key)
{
  hold (display, set, TRUE);
  send_key (display, (KeyCode) key, TRUE);
  send_key (display, (KeyCode) key, FALSE);
  hold (display, set, FALSE);
  pause_now_and_then (display);
}

/* Whether this keyboard has each of these as something that is held: without, the key beside it is the key alone. */
static gboolean
makes_chords (Display *display, guint set)
{
  for (guint i = 0; i < CHORDING; i++) {
    XkbStateRec state;

    if ((set & (1u << i)) == 0)
      continue;
    hold (display, 1u << i, TRUE);
    XkbGetState (display, XkbUseCoreKbd, &state);
    hold (display, 1u << i, FALSE);
    if (state.mods != 0)
      return TRUE;
  }
  return FALSE;
}

/* The keys of a keyboard that end its session are the display's own business, and switched off on a kiosk. */
static gboolean
is_the_displays (KeySym keysym)
{
  return keysym == XK_Terminate_Server || (keysym >= 0x1008FE01 && keysym <= 0x1008FE23);
}

static void
send_chords (Display *display)
{
  int first, last;

  XDisplayKeycodes (display, &first, &last);
  for (guint set = 1; set < 1u << G_N_ELEMENTS (held); set++) {
    if (__builtin_popcount (set) > MOST_HELD || !makes_chords (display, set))
      continue;
    for (int key = first; key <= last; key++) {
      KeySym keysym = XkbKeycodeToKeysym (display, (KeyCode) key, 0, 0);

      if (keysym != NoSymbol && !is_modifier (display, key) && !is_the_displays (keysym))
        send_chord (display, set, key);
    }
  }
}

static void
send_touch (Display *display, GRand *random, int width, int height)
{
  guint what = (guint) g_rand_int_range (random, 0, 10), button = (guint) g_rand_int_range (random, 1, 10);
  int x = g_rand_int_range (random, 0, width), y = g_rand_int_range (random, 0, height);

  XTestFakeMotionEvent (display, -1, x, y, CurrentTime);
  if (what < 6) /* mostly a tap */
    button = what < 4 ? 1 : button;
  XTestFakeButtonEvent (display, button, True, CurrentTime);
  if (what >= 8) /* a drag, to anywhere */
    for (int i = 0; i < 8; i++)
      XTestFakeMotionEvent (display, -1, g_rand_int_range (random, 0, width), g_rand_int_range (random, 0, height), CurrentTime);
  if (what == 7) { /* two at a time */
    XTestFakeButtonEvent (display, 3, True, CurrentTime);
    XTestFakeButtonEvent (display, 3, False, CurrentTime);
  }
  XTestFakeButtonEvent (display, button, False, CurrentTime);
  pause_now_and_then (display);
}

static void
send_touches (Display *display, guint32 seed, guint events)
{
  GRand *random = g_rand_new_with_seed (seed);
  int width = DisplayWidth (display, DefaultScreen (display)), height = DisplayHeight (display, DefaultScreen (display));

  while (sent < events)
    send_touch (display, random, width, height);
  g_rand_free (random);
}

static void
send_words (Display *display, char **words)
{
  for (; *words != NULL; words++) {
    KeyCode key = XKeysymToKeycode (display, XStringToKeysym (*words));

    send_key (display, key, TRUE);
    send_key (display, key, FALSE);
    sent++;
  }
}

int
main (int argc, char **argv)
{
  Display *display = XOpenDisplay (NULL);

  if (display == NULL || argc < 2)
    return 2;
  if (g_str_equal (argv[1], "chords"))
    send_chords (display);
  else if (g_str_equal (argv[1], "touches") && argc == 4)
    send_touches (display, (guint32) g_ascii_strtoull (argv[2], NULL, 10), (guint) g_ascii_strtoull (argv[3], NULL, 10));
  else if (g_str_equal (argv[1], "keys"))
    send_words (display, argv + 2);
  else
    return 2;
  XSync (display, False);
  XCloseDisplay (display);
  g_print ("%u\n", sent);
  return 0;
}
