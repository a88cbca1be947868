#include <gtk/gtk.h>
#include <string.h>

#include "limber-kiosk-filter.h"
#include "limber-kiosk-fresh.h"
#include "limber-kiosk-idle.h"
#include "limber-kiosk-scanner.h"

#define SECONDS(n) ((gint64) (n) * G_USEC_PER_SEC)

static void
test_only_plain_keys (void)
{
  static const guint allowed[] = { GDK_KEY_a, GDK_KEY_Z, GDK_KEY_0, GDK_KEY_KP_9, GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_Escape, GDK_KEY_Tab, GDK_KEY_ISO_Left_Tab,
                                   GDK_KEY_Left, GDK_KEY_Down, GDK_KEY_space, GDK_KEY_BackSpace };
  static const guint dead[] = { GDK_KEY_F1, GDK_KEY_F4, GDK_KEY_F10, GDK_KEY_F12, GDK_KEY_Menu, GDK_KEY_Super_L, GDK_KEY_Alt_L, GDK_KEY_Control_L, GDK_KEY_Print, GDK_KEY_Multi_key,
                                GDK_KEY_dead_acute, GDK_KEY_period, GDK_KEY_eacute, GDK_KEY_WWW, GDK_KEY_Insert, GDK_KEY_Copy, GDK_KEY_Paste, GDK_KEY_Undo, GDK_KEY_Help, GDK_KEY_VoidSymbol };

  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++) {
    g_assert_true (limber_kiosk_filter_allows (allowed[i], 0));
    g_assert_true (limber_kiosk_filter_allows (allowed[i], GDK_SHIFT_MASK));
    g_assert_true (limber_kiosk_filter_allows (allowed[i], GDK_LOCK_MASK));
  }
  for (guint i = 0; i < G_N_ELEMENTS (dead); i++)
    g_assert_false (limber_kiosk_filter_allows (dead[i], 0));
}

/* All chords of one, two and more modifiers with every key that a keyboard has a letter, figure or function for. */
static void
test_no_chord (void)
{
  static const GdkModifierType held[] = { GDK_CONTROL_MASK, GDK_ALT_MASK, GDK_SUPER_MASK, GDK_HYPER_MASK, GDK_META_MASK };

  for (guint set = 1; set < 1u << G_N_ELEMENTS (held); set++) {
    GdkModifierType state = 0;

    for (guint i = 0; i < G_N_ELEMENTS (held); i++)
      if (set & (1u << i))
        state |= held[i];
    for (guint key = 0x20; key < 0x7f; key++) {
      g_assert_false (limber_kiosk_filter_allows (key, state));
      g_assert_false (limber_kiosk_filter_allows (key, state | GDK_SHIFT_MASK));
    }
    for (guint key = 0xff00; key <= 0xffff; key++)
      g_assert_false (limber_kiosk_filter_allows (key, state));
  }
}

static LimberKioskScan
type (const char *text, guint32 gap, char code[LIMBER_KIOSK_SCANNER_CODE + 1])
{
  LimberKioskScanner scanner = { 0 };
  guint32 time = G_MAXUINT32 - 30; /* the clock of events wraps */

  for (const char *c = text; *c != '\0'; c++)
    limber_kiosk_scanner_key (&scanner, (gunichar) *c, time += gap);
  return limber_kiosk_scanner_enter (&scanner, time + gap, code);
}

static void
test_scanner (void)
{
  char code[LIMBER_KIOSK_SCANNER_CODE + 1] = "";
  g_autofree char *endless = g_strnfill (100000, 'A');

  g_assert_cmpint (type ("7K2M9QXW3Z", 12, code), ==, LIMBER_KIOSK_SCAN_CODE);
  g_assert_cmpstr (code, ==, "7K2M9QXW3Z");
  g_assert_cmpint (type ("7k2m9qxw3z", 1, code), ==, LIMBER_KIOSK_SCAN_CODE);
  g_assert_cmpstr (code, ==, "7K2M9QXW3Z");
  g_assert_cmpint (type ("7K2M9QXW3Z", 200, code), ==, LIMBER_KIOSK_SCAN_NOTHING);
  g_assert_cmpint (type ("15", 12, code), ==, LIMBER_KIOSK_SCAN_NOTHING);
  g_assert_cmpint (type ("", 12, code), ==, LIMBER_KIOSK_SCAN_NOTHING);
  g_assert_cmpint (type ("5012345678900", 12, code), ==, LIMBER_KIOSK_SCAN_FOREIGN);
  g_assert_cmpint (type ("7K2M9QXW3I", 12, code), ==, LIMBER_KIOSK_SCAN_FOREIGN);
  g_assert_cmpint (type ("7K2M9QXW3", 12, code), ==, LIMBER_KIOSK_SCAN_FOREIGN);
  g_assert_cmpint (type (endless, 1, code), ==, LIMBER_KIOSK_SCAN_FOREIGN);
}

static void
test_scanner_starts_afresh (void)
{
  LimberKioskScanner scanner = { 0 };
  char code[LIMBER_KIOSK_SCANNER_CODE + 1] = "";
  guint32 time = 1000;

  for (const char *c = "JUL"; *c != '\0'; c++)
    limber_kiosk_scanner_key (&scanner, (gunichar) *c, time += 10);
  time += 500;
  for (const char *c = "7K2M9QXW3Z"; *c != '\0'; c++)
    limber_kiosk_scanner_key (&scanner, (gunichar) *c, time += 10);
  g_assert_cmpint (limber_kiosk_scanner_enter (&scanner, time + 10, code), ==, LIMBER_KIOSK_SCAN_CODE);
  g_assert_cmpint (limber_kiosk_scanner_enter (&scanner, time + 20, code), ==, LIMBER_KIOSK_SCAN_NOTHING);
  for (gsize i = 0; i < sizeof scanner.text; i++)
    g_assert_cmpint (scanner.text[i], ==, 0);
}

static void
test_idle (void)
{
  LimberKioskIdle idle;

  limber_kiosk_idle_init (&idle, 30, 5, SECONDS (100));
  g_assert_cmpint (limber_kiosk_idle_check (&idle, SECONDS (129)), ==, LIMBER_KIOSK_IDLE_PRESENT);
  limber_kiosk_idle_touch (&idle, SECONDS (129));
  g_assert_cmpint (limber_kiosk_idle_check (&idle, SECONDS (158)), ==, LIMBER_KIOSK_IDLE_PRESENT);
  g_assert_cmpint (limber_kiosk_idle_check (&idle, SECONDS (160)), ==, LIMBER_KIOSK_IDLE_WARN);
  /* However short it was asked for, there are 20 seconds to answer. */
  g_assert_cmpint (limber_kiosk_idle_left (&idle, SECONDS (160)), ==, 20);
  g_assert_cmpint (limber_kiosk_idle_check (&idle, SECONDS (179)), ==, LIMBER_KIOSK_IDLE_WARN);
  g_assert_cmpint (limber_kiosk_idle_left (&idle, SECONDS (179)), ==, 1);
  limber_kiosk_idle_touch (&idle, SECONDS (179));
  g_assert_cmpint (limber_kiosk_idle_check (&idle, SECONDS (180)), ==, LIMBER_KIOSK_IDLE_OVER);
  limber_kiosk_idle_present (&idle, SECONDS (181));
  g_assert_cmpint (limber_kiosk_idle_check (&idle, SECONDS (182)), ==, LIMBER_KIOSK_IDLE_PRESENT);
}

/* A screen that slept finds that it is time to ask, not that nobody answered. */
static void
test_idle_asks_after_sleep (void)
{
  LimberKioskIdle idle;

  limber_kiosk_idle_init (&idle, 30, 20, SECONDS (100));
  g_assert_cmpint (limber_kiosk_idle_check (&idle, SECONDS (90000)), ==, LIMBER_KIOSK_IDLE_WARN);
  g_assert_cmpint (limber_kiosk_idle_left (&idle, SECONDS (90000)), ==, 20);
}

/* Microseconds of the machine's clock, and the display's milliseconds of the same moment. */
#define MOMENT (G_GINT64_CONSTANT (5000000) * 1000)
#define TIME ((guint32) (MOMENT / 1000))

static void
test_fresh_page (void)
{
  LimberKioskFresh fresh = { 0 };

  g_assert_true (limber_kiosk_fresh_press (&fresh, TIME, 400, 300));
  limber_kiosk_fresh_come (&fresh, MOMENT + 20 * 1000);
  g_assert_false (limber_kiosk_fresh_press (&fresh, TIME + 150, 430, 280));
  g_assert_false (limber_kiosk_fresh_press (&fresh, TIME + 319, 400, 300));
  g_assert_true (limber_kiosk_fresh_press (&fresh, TIME + 320, 400, 300));
  /* On the same page a hand may be as quick as it likes. */
  g_assert_true (limber_kiosk_fresh_press (&fresh, TIME + 400, 400, 300));
  /* Elsewhere too, and so is whoever touches it first. */
  limber_kiosk_fresh_come (&fresh, MOMENT + 500 * 1000);
  g_assert_true (limber_kiosk_fresh_press (&fresh, TIME + 510, 501, 300));
  fresh = (LimberKioskFresh){ .came = MOMENT };
  g_assert_true (limber_kiosk_fresh_press (&fresh, TIME + 10, 0, 0));
}

/* A page that was slow to come is as fresh, and a display with another clock keeps nobody out. */
static void
test_fresh_clocks (void)
{
  LimberKioskFresh fresh = { 0 };

  g_assert_true (limber_kiosk_fresh_press (&fresh, TIME, 400, 300));
  limber_kiosk_fresh_come (&fresh, MOMENT + G_USEC_PER_SEC);
  g_assert_false (limber_kiosk_fresh_press (&fresh, TIME + 150, 400, 300));
  g_assert_true (limber_kiosk_fresh_press (&fresh, TIME - 100000, 400, 300));
  g_assert_true (limber_kiosk_fresh_press (&fresh, 0, 400, 300));
  /* Its milliseconds wrap. */
  limber_kiosk_fresh_come (&fresh, ((gint64) G_MAXUINT32 - 10) * 1000);
  g_assert_false (limber_kiosk_fresh_press (&fresh, G_MAXUINT32, 400, 300));
  g_assert_false (limber_kiosk_fresh_press (&fresh, 100, 400, 300));
  g_assert_true (limber_kiosk_fresh_press (&fresh, 300, 400, 300));
}

static void
test_one_button_trembles (void)
{
  LimberKioskFresh fresh = { 0 };

  g_assert_true (limber_kiosk_fresh_press_again (&fresh, TIME));
  g_assert_false (limber_kiosk_fresh_press_again (&fresh, TIME + 150));
  g_assert_false (limber_kiosk_fresh_press_again (&fresh, TIME + 299));
  g_assert_true (limber_kiosk_fresh_press_again (&fresh, TIME + 300));
}

static void
test_stale (void)
{
  LimberKioskFresh fresh = { 0 };

  g_assert_false (limber_kiosk_fresh_is_stale (&fresh, TIME));
  limber_kiosk_fresh_wipe (&fresh, MOMENT);
  g_assert_true (limber_kiosk_fresh_is_stale (&fresh, TIME - 1));
  g_assert_true (limber_kiosk_fresh_is_stale (&fresh, TIME - 59999));
  g_assert_false (limber_kiosk_fresh_is_stale (&fresh, TIME - 60000));
  g_assert_false (limber_kiosk_fresh_is_stale (&fresh, TIME));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/kiosk/keys/only-plain-keys-come-through", test_only_plain_keys);
  g_test_add_func ("/ui/kiosk/keys/no-chord-comes-through", test_no_chord);
  g_test_add_func ("/ui/kiosk/scanner/tells-a-letter-from-fingers-and-from-other-codes", test_scanner);
  g_test_add_func ("/ui/kiosk/scanner/starts-afresh-after-a-pause-and-keeps-nothing", test_scanner_starts_afresh);
  g_test_add_func ("/ui/kiosk/idle/warns-and-leaves-twenty-seconds-to-answer", test_idle);
  g_test_add_func ("/ui/kiosk/idle/asks-first-even-after-a-long-sleep", test_idle_asks_after_sleep);
  g_test_add_func ("/ui/kiosk/fresh/the-second-tap-of-a-sore-hand-is-not-for-the-page-that-it-brought", test_fresh_page);
  g_test_add_func ("/ui/kiosk/fresh/it-counts-from-when-the-page-came-by-the-display-s-clock", test_fresh_clocks);
  g_test_add_func ("/ui/kiosk/fresh/one-button-is-not-pressed-twice-at-once", test_one_button_trembles);
  g_test_add_func ("/ui/kiosk/fresh/what-waited-until-the-last-person-had-gone-was-hers", test_stale);
  return g_test_run ();
}
