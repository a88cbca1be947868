/* Reading aloud and the use by one button, with a speech server that writes down what it hears. */
#include <string.h>

#include "limber-date.h"
#include "limber-kiosk-confirm.h"
#include "limber-kiosk-done.h"
#include "limber-kiosk-exit.h"
#include "limber-kiosk-language.h"
#include "limber-kiosk-postcode.h"
#include "limber-kiosk-question.h"
#include "limber-kiosk-senses.h"
#include "limber-kiosk-style.h"
#include "limber-kiosk-year.h"
#include "limber-test-voice.h"
#include "room.h"

typedef struct {
  Room               room;
  TestVoice         *voice; /* (nullable) */
  LimberKioskSenses *senses;
  GString           *said;
  const char        *wanted;
} Aloud;

/* Any text that is shown. */
static gboolean
shows (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

static gboolean
can_speak (gpointer data)
{
  return limber_speech_is_there (limber_kiosk_senses_get_speech (((Aloud *) data)->senses));
}

static void
set_up_with (Aloud *aloud, gconstpointer voiceless, const char *languages)
{
  room_open (&aloud->room);
  aloud->said = g_string_new (NULL);
  if (voiceless == NULL)
    aloud->voice = test_voice_new ("espeak-ng", languages);
  room_show (&aloud->room);
  aloud->senses = LIMBER_KIOSK_SENSES (room_find (GTK_WIDGET (aloud->room.window), room_is_type, GSIZE_TO_POINTER (LIMBER_TYPE_KIOSK_SENSES)));
  if (voiceless == NULL)
    g_assert_true (test_wait (can_speak, aloud));
}

static void
set_up (Aloud *aloud, gconstpointer voiceless)
{
  set_up_with (aloud, voiceless, NULL);
}

/* With voices for two of the six languages. */
static void
set_up_two_languages (Aloud *aloud, gconstpointer voiceless)
{
  set_up_with (aloud, voiceless, "en ro");
}

static void
tear_down (Aloud *aloud, gconstpointer voiceless)
{
  room_tear_down (&aloud->room, voiceless);
  g_clear_pointer (&aloud->voice, test_voice_free);
  g_string_free (aloud->said, TRUE);
}

static gboolean
has_heard (gpointer data)
{
  Aloud *aloud = data;
  g_autofree char *more = test_voice_said (aloud->voice);

  g_string_append (aloud->said, more);
  return g_str_has_suffix (aloud->said->str, aloud->wanted);
}

/* Waits until exactly this has been said last, and forgets all that was. */
static void
hear (Aloud *aloud, const char *wanted)
{
  g_autofree char *line = g_strconcat ("hush\nen: ", wanted, "\n", NULL);

  aloud->wanted = line;
  if (!test_wait (has_heard, aloud))
    g_error ("heard \"%s\" instead of \"%s\"", aloud->said->str, wanted);
  g_string_truncate (aloud->said, 0);
}

static gboolean
is_over (gpointer data)
{
  return *(gboolean *) data;
}

static gboolean
set_over (gpointer over)
{
  *(gboolean *) over = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, set_over, &over);
  g_assert_true (test_wait (is_over, &over));
}

static void
hear_nothing (Aloud *aloud)
{
  g_autofree char *said = NULL;

  wait_for (200);
  said = test_voice_said (aloud->voice);
  g_assert_cmpstr (said, ==, "");
}

static void
act (Aloud *aloud, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (aloud->senses), action, NULL));
}

static LimberKioskPage *
show_page (Aloud *aloud, LimberKioskPage *page)
{
  limber_kiosk_window_show_page (aloud->room.window, page);
  return page;
}

static void
test_silent_until_asked (Aloud *aloud, gconstpointer data)
{
  act (aloud, "kiosk.check-in");
  hear_nothing (aloud);
  act (aloud, "senses.read");
  hear (aloud, "20 Step 1 of 3.\nWhich day were you born?\nChoose the day of the month. If you are here with somebody, answer for them.\nFrom 1 to 31.\nBack.\nI need a person.");
  act (aloud, "senses.read");
  g_assert_false (limber_speech_is_speaking (limber_kiosk_senses_get_speech (aloud->senses)));
}

static LimberArriveAnswer *
answer_new (void)
{
  LimberArriveAnswer *answer = limber_arrive_answer_new (LIMBER_ARRIVE_CHECKED_IN);

  limber_time_parse ("2026-11-23T17:30:00Z", &answer->start);
  answer->initials = g_strdup ("JS");
  answer->with = g_strdup ("Priya");
  answer->place = g_strdup ("Room 2");
  answer->waiting_area = g_strdup ("Blue chairs");
  return answer;
}

static void
test_reads_pages (Aloud *aloud, gconstpointer data)
{
  g_autoptr (LimberArriveAnswer) answer = answer_new ();

  act (aloud, "senses.read");
  hear (aloud, "20 Welcome to Alexandra Avenue Clinic.\nIf you need help, please go to the desk.\nCheck in.\nI have an appointment today.\n"
              "English.\nગુજરાતી.\nதமிழ்.\nRomână.\nPolski.\nالعربية.");
  show_page (aloud, limber_kiosk_confirm_new (answer));
  hear (aloud, "20 Is this you?\nYour initials.\nJS.\nYour appointment today.\n5:30pm with Priya.\nWhere.\nRoom 2.\nYes, check me in.\nNo, this is not me.\nI need a person.");
  limber_kiosk_page_tick (show_page (aloud, limber_kiosk_done_new (answer, NULL)), 12);
  hear (aloud, "20 You are checked in.\nThank you. Please take a seat until you are called.\nPlease sit in.\nBlue chairs.\nYour appointment.\n5:30pm with Priya.\n"
              "You will be seen in.\nRoom 2.\nFinish.");
  show_page (aloud, limber_kiosk_question_new (LIMBER_KIOSK_QUESTION_LETTER, 6, 8, 0));
  hear (aloud, "20 Step 3 of 3.\nWhat is the first letter of your last name?\nIf your last name has more than one part, any part is fine. If you have one name only, use that.\n"
              "From A to Z.\nBack.\nI need a person.");
}

/* In her language, from the moment on when it is hers; and the next person's is the site's again. */
static void
test_speaks_her_language (Aloud *aloud, gconstpointer data)
{
  static const char *const beginning = "hush\nro: 20 ";

  act (aloud, "senses.read");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (aloud->senses), "kiosk.language", "s", "ro"));
  wait_for (300);
  g_string_truncate (aloud->said, 0);
  aloud->wanted = "العربية.\n";
  g_assert_true (test_wait (has_heard, aloud));
  g_assert_nonnull (strstr (aloud->said->str, beginning));
  act (aloud, "kiosk.finish");
  g_assert_cmpstr (limber_kiosk_language_get ()->code, ==, "en");
}

static void
test_reads_focus_and_figures (Aloud *aloud, gconstpointer data)
{
  LimberKioskPage *page;

  act (aloud, "senses.read");
  page = show_page (aloud, limber_kiosk_question_new (LIMBER_KIOSK_QUESTION_DAY, 0, 0, 0));
  limber_kiosk_page_typed (page, '2');
  hear (aloud, "20 2.");
  page = show_page (aloud, limber_kiosk_year_new ());
  limber_kiosk_page_typed (page, '1');
  hear (aloud, "20 1");
  limber_kiosk_page_typed (page, '9');
  hear (aloud, "20 9");
  limber_kiosk_page_typed (page, '\b');
  hear (aloud, "20 Delete");
  page = show_page (aloud, limber_kiosk_postcode_new ());
  hear (aloud, "20 What is your postcode?\nWe need one more thing to find you. Letters and numbers are enough: leave out the space.\nFrom A to Z.\nFrom 0 to 9.\nBack.\nI need a person.");
  limber_kiosk_page_typed (page, 'H');
  hear (aloud, "20 H");
  limber_kiosk_page_typed (page, '3');
  hear (aloud, "20 3");
}

static void
test_no_code_aloud (Aloud *aloud, gconstpointer data)
{
  LimberKioskPage *page;

  act (aloud, "senses.read");
  page = show_page (aloud, limber_kiosk_exit_new (TRUE));
  hear (aloud, "20 Staff: close this screen.\nEnter the closing code of this site. It is not your PIN.\nDo not close.");
  for (const char *c = "74185"; *c != '\0'; c++)
    limber_kiosk_page_typed (page, (gunichar) *c);
  gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD);
  hear_nothing (aloud);
  limber_kiosk_exit_refuse (page, FALSE);
  hear (aloud, "20 That is not the code. Please try again.");
}

static void
test_volume (Aloud *aloud, gconstpointer data)
{
  act (aloud, "senses.read");
  act (aloud, "senses.louder");
  hear (aloud, "60 Volume 4 of 5");
  act (aloud, "senses.louder");
  hear (aloud, "100 Volume 5 of 5");
  gtk_widget_activate_action (GTK_WIDGET (aloud->senses), "senses.louder", NULL);
  hear_nothing (aloud);
  act (aloud, "senses.quieter");
  hear (aloud, "60 Volume 4 of 5");
}

static void
test_wipe (Aloud *aloud, gconstpointer data)
{
  act (aloud, "senses.read");
  act (aloud, "senses.louder");
  act (aloud, "senses.one-button");
  act (aloud, "kiosk.check-in");
  act (aloud, "kiosk.finish");
  g_assert_false (limber_kiosk_switch_is_on (limber_kiosk_senses_get_switch (aloud->senses)));
  wait_for (200);
  g_assert_true (shows (GTK_WIDGET (aloud->senses), "Read aloud"));
  g_assert_false (shows (GTK_WIDGET (aloud->senses), "Louder"));
  g_free (test_voice_said (aloud->voice));
  act (aloud, "kiosk.check-in");
  hear_nothing (aloud);
  act (aloud, "senses.read");
  wait_for (100);
  act (aloud, "senses.louder");
  hear (aloud, "60 Volume 4 of 5");
}

/* The page that clears itself waits until it has been read, and the question whether somebody is there comes no sooner. */
static void
test_time_waits (Aloud *aloud, gconstpointer data)
{
  act (aloud, "kiosk.check-in");
  act (aloud, "senses.read");
  room_pass (&aloud->room, 29);
  room_pass (&aloud->room, 29);
  g_assert_true (shows (GTK_WIDGET (aloud->room.window), "Which day"));
  hear (aloud, "20 Step 1 of 3.\nWhich day were you born?\nChoose the day of the month. If you are here with somebody, answer for them.\nFrom 1 to 31.\nBack.\nI need a person.");
  test_voice_finish (aloud->voice);
  wait_for (200);
  room_pass (&aloud->room, 31);
  g_assert_true (shows (GTK_WIDGET (aloud->room.window), "Are you still there?"));
}

static void
test_no_voice (Aloud *aloud, gconstpointer data)
{
  wait_for (200);
  g_assert_false (shows (GTK_WIDGET (aloud->senses), "Read aloud"));
  act (aloud, "senses.read");
  g_assert_false (shows (GTK_WIDGET (aloud->senses), "Louder"));
}

static void
choose (Aloud *aloud, const char *code)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (aloud->senses), "kiosk.language", "s", code));
}

static gboolean
has_action (GtkWidget *widget, gconstpointer action)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0;
}

static gboolean
offers (Aloud *aloud, const char *action)
{
  return room_find (GTK_WIDGET (aloud->senses), has_action, action) != NULL;
}

/* No voice reads what it cannot pronounce; in the next language that there is one for it reads on. */
static void
test_language_without_voice (Aloud *aloud, gconstpointer data)
{
  act (aloud, "senses.read");
  aloud->wanted = "العربية.\n";
  g_assert_true (test_wait (has_heard, aloud));
  g_assert_true (offers (aloud, "senses.read") && offers (aloud, "senses.louder"));
  g_string_truncate (aloud->said, 0);
  choose (aloud, "pl");
  g_assert_false (limber_speech_is_speaking (limber_kiosk_senses_get_speech (aloud->senses)));
  g_assert_false (offers (aloud, "senses.read") || offers (aloud, "senses.louder"));
  aloud->wanted = "hush\n";
  g_assert_true (test_wait (has_heard, aloud));
  g_assert_null (strstr (aloud->said->str, "pl:"));
  choose (aloud, "ro");
  aloud->wanted = "العربية.\n";
  g_assert_true (test_wait (has_heard, aloud));
  g_assert_nonnull (strstr (aloud->said->str, "hush\nro: 20 "));
  act (aloud, "kiosk.finish");
  wait_for (100);
  choose (aloud, "ta");
  act (aloud, "senses.read");
  choose (aloud, "en");
  g_free (test_voice_said (aloud->voice));
  act (aloud, "kiosk.check-in");
  hear_nothing (aloud);
}

static void
test_site_wants_none (Aloud *aloud, gconstpointer data)
{
  act (aloud, "senses.read");
  test_store_put (aloud->room.store, "site", &aloud->room.site, "speak", "off", NULL);
  act (aloud, "kiosk.check-in");
  act (aloud, "kiosk.finish");
  wait_for (200);
  g_assert_false (shows (GTK_WIDGET (aloud->senses), "Read aloud"));
  act (aloud, "senses.read");
  g_assert_false (shows (GTK_WIDGET (aloud->senses), "Louder"));
}

static GtkWidget *
marked (Aloud *aloud)
{
  GtkWidget *first, *last;

  limber_kiosk_switch_get_marked (limber_kiosk_senses_get_switch (aloud->senses), &first, &last);
  return first;
}

static gboolean
is_marking (gpointer data)
{
  return marked (data) != NULL;
}

static const char *
marked_label (Aloud *aloud)
{
  g_assert_true (test_wait (is_marking, aloud));
  return gtk_button_get_label (GTK_BUTTON (marked (aloud)));
}

static gboolean
has_month (gpointer data)
{
  return shows (GTK_WIDGET (((Aloud *) data)->room.window), "Which month");
}

static gboolean
is_welcome (gpointer data)
{
  return shows (GTK_WIDGET (((Aloud *) data)->room.window), "Welcome");
}

static void
test_one_button (Aloud *aloud, gconstpointer data)
{
  LimberKioskSwitch *hand = limber_kiosk_senses_get_switch (aloud->senses);

  act (aloud, "kiosk.check-in");
  act (aloud, "senses.one-button");
  /* The rows, one by one; and within one, its keys. */
  g_assert_cmpstr (marked_label (aloud), ==, "1");
  limber_kiosk_switch_step (hand);
  g_assert_cmpstr (marked_label (aloud), ==, "9");
  g_assert_true (gtk_widget_has_css_class (gtk_widget_get_next_sibling (marked (aloud)), LIMBER_KIOSK_SWITCH_MARKED));
  g_assert_true (limber_kiosk_senses_touch (aloud->senses, GDK_TOUCH_BEGIN, FALSE));
  g_assert_true (limber_kiosk_senses_touch (aloud->senses, GDK_TOUCH_END, FALSE));
  g_assert_false (gtk_widget_has_css_class (gtk_widget_get_next_sibling (marked (aloud)), LIMBER_KIOSK_SWITCH_MARKED));
  limber_kiosk_switch_step (hand);
  g_assert_cmpstr (marked_label (aloud), ==, "10");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (aloud->room.window)) == marked (aloud));
  g_assert_true (limber_kiosk_senses_key (aloud->senses, GDK_KEY_space, FALSE));
  limber_kiosk_senses_key_released (aloud->senses, GDK_KEY_space);
  g_assert_true (test_wait (has_month, aloud));
  g_assert_true (shows (GTK_WIDGET (aloud->room.window), "Day 10"));
}

static void
test_one_button_leaves_rows_and_rests (Aloud *aloud, gconstpointer data)
{
  LimberKioskSwitch *hand = limber_kiosk_senses_get_switch (aloud->senses);

  act (aloud, "kiosk.check-in");
  act (aloud, "senses.one-button");
  g_assert_cmpstr (marked_label (aloud), ==, "1");
  limber_kiosk_switch_press (hand);
  for (guint i = 0; i < 8; i++)
    limber_kiosk_switch_step (hand);
  g_assert_cmpstr (marked_label (aloud), ==, "9");
  g_assert_true (limber_kiosk_switch_is_patient (hand));
  for (guint i = 0; i < 40; i++)
    limber_kiosk_switch_step (hand);
  g_assert_false (limber_kiosk_switch_is_patient (hand));
  room_pass (&aloud->room, 31);
  g_assert_true (shows (GTK_WIDGET (aloud->room.window), "Are you still there?"));
  room_pass (&aloud->room, 21);
  g_assert_true (test_wait (is_welcome, aloud));
  g_assert_false (limber_kiosk_switch_is_on (hand));
}

/* Who holds the button on begins, and ends; meanwhile the key does nothing again and again. */
static void
test_holding (Aloud *aloud, gconstpointer data)
{
  LimberKioskSwitch *hand = limber_kiosk_senses_get_switch (aloud->senses);

  g_assert_false (limber_kiosk_senses_key (aloud->senses, GDK_KEY_Return, FALSE));
  g_assert_true (limber_kiosk_senses_key (aloud->senses, GDK_KEY_Return, FALSE));
  wait_for (3300);
  g_assert_true (limber_kiosk_switch_is_on (hand));
  limber_kiosk_senses_key_released (aloud->senses, GDK_KEY_Return);
  g_assert_true (limber_kiosk_senses_touch (aloud->senses, GDK_BUTTON_PRESS, FALSE));
  wait_for (3300);
  g_assert_false (limber_kiosk_switch_is_on (hand));
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*test) (Aloud *aloud, gconstpointer data); } tests[] = {
    { "/ui/kiosk/aloud/it-is-silent-until-it-is-asked", test_silent_until_asked },
    { "/ui/kiosk/aloud/a-page-is-read-as-it-stands-there", test_reads_pages },
    { "/ui/kiosk/aloud/it-speaks-her-language", test_speaks_her_language },
    { "/ui/kiosk/aloud/what-has-the-focus-and-what-is-typed-is-said", test_reads_focus_and_figures },
    { "/ui/kiosk/aloud/no-code-is-said-but-errors-are", test_no_code_aloud },
    { "/ui/kiosk/aloud/louder-and-quieter-in-five-steps", test_volume },
    { "/ui/kiosk/aloud/the-next-person-finds-it-silent", test_wipe },
    { "/ui/kiosk/aloud/time-waits-while-it-reads", test_time_waits },
    { "/ui/kiosk/aloud/a-site-may-want-none", test_site_wants_none },
    { "/ui/kiosk/one-button/goes-from-row-to-row-and-a-press-anywhere-presses", test_one_button },
    { "/ui/kiosk/one-button/leaves-a-row-again-and-does-not-wait-for-nobody", test_one_button_leaves_rows_and_rests },
    { "/ui/kiosk/one-button/holding-begins-it-and-ends-it", test_holding },
  };
  g_autofree char *dir = test_dir_new ();
  int status;

  g_test_init (&argc, &argv, NULL);
  test_voice_place (dir);
  gtk_init ();
  limber_kiosk_style_load (gdk_display_get_default ());
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Aloud, NULL, set_up, tests[i].test, tear_down);
  g_test_add ("/ui/kiosk/aloud/there-is-no-button-where-there-is-no-voice", Aloud, "voiceless", set_up, test_no_voice, tear_down);
  g_test_add ("/ui/kiosk/aloud/no-language-is-read-by-the-voice-of-another", Aloud, NULL, set_up_two_languages, test_language_without_voice, tear_down);
  status = g_test_run ();
  test_dir_remove (dir);
  return status;
}
