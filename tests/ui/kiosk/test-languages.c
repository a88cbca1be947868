/* The languages of the public screens: chosen, changed at once, kept for one person, mirrored where they are written from the right. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-kiosk-keys.h"
#include "limber-kiosk-language.h"
#include "limber-kiosk-style.h"
#include "limber-kiosk-words.h"
#include "room.h"

#define DOMAIN "limber-kiosk"

static void
put_person (Room *room, const char *name, const char *born)
{
  g_autofree char *patient_text = NULL, *site_text = limber_id_dup_text (&room->site), *key = g_strconcat ("patient ", name, NULL);
  LimberId patient, appointment;

  test_id (&patient, key);
  test_id (&appointment, name);
  patient_text = limber_id_dup_text (&patient);
  test_store_put (room->store, "patient", &patient, "family", "Oak", "given", name, "born", born, NULL);
  test_store_put (room->store, "appointment", &appointment, "patient", patient_text, "site", site_text, "start", "2026-11-23T09:15:00Z", "status", "booked", NULL);
}

/* With two people who were born on one day and share a letter. */
static void
set_up (Room *room, gconstpointer data)
{
  room_open (room);
  test_store_put (room->store, "site", &room->site, "languages", data, NULL);
  put_person (room, "Ann", "1954-08-06");
  put_person (room, "Rose", "1981-08-06");
  room_show (room);
}

/* A text of the catalogue that still stands there as the sources have it. */
static gboolean
is_left_in_english (GtkWidget *widget, gconstpointer nothing)
{
  const char *text = GTK_IS_LABEL (widget) ? gtk_label_get_label (GTK_LABEL (widget)) : "";

  return *text != '\0' && !g_str_equal (g_dgettext (DOMAIN, text), text);
}

static gboolean
acts (GtkWidget *widget, gconstpointer action)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0;
}

static gboolean
offers (GtkWidget *widget, gconstpointer code)
{
  GVariant *target = acts (widget, "kiosk.language") ? gtk_actionable_get_action_target_value (GTK_ACTIONABLE (widget)) : NULL;

  return target != NULL && g_str_equal (g_variant_get_string (target, NULL), code);
}

/* As she does: by the key that bears its name. */
static void
speak (Room *room, const char *code)
{
  GtkWidget *key = room_find (GTK_WIDGET (limber_kiosk_flow_get_page (room->flow)), offers, code);

  g_assert_nonnull (key);
  g_signal_emit_by_name (key, "clicked");
  g_assert_cmpstr (limber_kiosk_language_get ()->code, ==, code);
}

static void
assert_translated (Room *room)
{
  static const struct { const char *action, *words; } tools[] = { { "kiosk.languages", N_("Language") }, { "look.text-size", N_("Text size") }, { "look.contrast", N_("Contrast") } };
  GtkWidget *left = room_find (GTK_WIDGET (room->window), is_left_in_english, NULL);

  if (left != NULL)
    g_error ("In %s this is still in English: %s", limber_kiosk_language_get ()->code, gtk_label_get_label (GTK_LABEL (left)));
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    gtk_test_accessible_assert_property (GTK_ACCESSIBLE (room_find (GTK_WIDGET (room->window), acts, tools[i].action)), GTK_ACCESSIBLE_PROPERTY_LABEL, g_dgettext (DOMAIN, tools[i].words));
}

static void
test_every_page (Room *room, gconstpointer data)
{
  g_assert_cmpuint (limber_kiosk_language_count (), ==, 6);
  for (guint i = 0; i < limber_kiosk_language_count (); i++) {
    speak (room, limber_kiosk_language_nth (i)->code);
    g_assert_true (i == 0 || !room_says (room, "Check in"));
    assert_translated (room);
    room_press (room, "kiosk.check-in");
    assert_translated (room);
    room_choose (room, "kiosk.day", 6);
    assert_translated (room);
    room_choose (room, "kiosk.month", 8);
    assert_translated (room);
    room_press (room, "kiosk.languages");
    assert_translated (room);
    room_press (room, "kiosk.back");
    room_press (room, "kiosk.person");
    assert_translated (room);
    limber_kiosk_flow_ask_to_exit (room->flow);
    assert_translated (room);
    room_press (room, "kiosk.finish");
  }
}

/* What she has answered so far, and figures that are only half typed. */
static void
test_keeps_her_place (Room *room, gconstpointer data)
{
  room_press (room, "kiosk.check-in");
  room_choose (room, "kiosk.day", 6);
  room_press (room, "kiosk.languages");
  g_assert_true (room_says (room, "Which language would you like?"));
  speak (room, "pl");
  g_assert_true (room_says (room, "Miesiąc urodzenia?"));
  g_assert_true (room_says (room, "Dzień 6"));
  room_choose (room, "kiosk.month", 8);
  room_choose (room, "kiosk.letter", 'O');
  room_await (room, "Rok urodzenia?");
  limber_kiosk_page_typed (limber_kiosk_flow_get_page (room->flow), '1');
  limber_kiosk_page_typed (limber_kiosk_flow_get_page (room->flow), '9');
  room_press (room, "kiosk.languages");
  speak (room, "ro");
  g_assert_true (room_says (room, "În ce an v-ați născut?"));
  g_assert_true (room_says (room, "19––"));
  room_press (room, "kiosk.languages");
  room_press (room, "kiosk.back");
  g_assert_true (room_says (room, "19––"));
}

/* "Are you still there?" before the choice of a language, and the choice before that question, lead back to one place. */
static void
test_still_there (Room *room, gconstpointer data)
{
  room_press (room, "kiosk.check-in");
  room_choose (room, "kiosk.day", 6);
  room_press (room, "kiosk.languages");
  room_pass (room, 30);
  g_assert_true (room_says (room, "Are you still there?"));
  room_press (room, "kiosk.languages");
  speak (room, "gu");
  g_assert_true (room_says (room, "તારીખ 6"));
  room_pass (room, 30);
  g_assert_true (room_says (room, "શું તમે હજી અહીં છો?"));
  room_press (room, "kiosk.languages");
  speak (room, "ta");
  g_assert_true (room_says (room, "தேதி 6"));
  room_pass (room, 50);
  g_assert_true (room_says (room, "Welcome to Alexandra Avenue Clinic"));
}

static void
test_next_person (Room *room, gconstpointer data)
{
  speak (room, "ar");
  room_press (room, "kiosk.check-in");
  room_press (room, "kiosk.person");
  room_press (room, "kiosk.finish");
  g_assert_cmpstr (limber_kiosk_language_get ()->code, ==, "en");
  g_assert_true (room_says (room, "Welcome to Alexandra Avenue Clinic"));
  g_assert_cmpint (gtk_widget_get_direction (GTK_WIDGET (room->window)), ==, GTK_TEXT_DIR_LTR);
  assert_translated (room);
}

/* Who chooses a language on the first page, and goes, has touched the screen. */
static void
test_gone_from_the_first_page (Room *room, gconstpointer data)
{
  limber_kiosk_flow_touch (room->flow);
  speak (room, "pl");
  room_pass (room, 49);
  g_assert_cmpstr (limber_kiosk_language_get ()->code, ==, "pl");
  room_pass (room, 1);
  g_assert_cmpstr (limber_kiosk_language_get ()->code, ==, "en");
  g_assert_true (room_says (room, "Check in"));
}

static void
test_the_sites_own (Room *room, gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (limber_kiosk_flow_get_page (room->flow));

  g_assert_true (room_says (room, "Witamy w Alexandra Avenue Clinic"));
  g_assert_nonnull (room_find (page, offers, "en"));
  g_assert_null (room_find (page, offers, "ta"));
  g_assert_cmpuint (limber_kiosk_language_count (), ==, 2); /* the third is none that this version knows */
  speak (room, "en");
  room_press (room, "kiosk.check-in");
  room_press (room, "kiosk.back");
  g_assert_true (room_says (room, "Witamy"));
  /* It changes its mind, and the next person finds it so. */
  test_store_put (room->store, "site", &room->site, "languages", "ar", NULL);
  room_press (room, "kiosk.check-in");
  room_press (room, "kiosk.back");
  g_assert_cmpstr (limber_kiosk_language_get ()->code, ==, "ar");
  page = GTK_WIDGET (limber_kiosk_flow_get_page (room->flow));
  g_assert_false (gtk_widget_get_mapped (room_find (page, offers, "ar")));
  room_press (room, "kiosk.check-in");
  g_assert_false (gtk_widget_get_mapped (room_find (GTK_WIDGET (room->window), acts, "kiosk.languages")));
}

static int
left_edge (Room *room, const char *action, int target)
{
  graphene_rect_t bounds;
  GtkWidget *key = NULL;

  for (GtkWidget *keys = gtk_widget_get_first_child (GTK_WIDGET (limber_kiosk_flow_get_page (room->flow))); key == NULL && keys != NULL; keys = gtk_widget_get_next_sibling (keys))
    key = LIMBER_IS_KIOSK_KEYS (keys) ? limber_kiosk_keys_find (LIMBER_KIOSK_KEYS (keys), target) : NULL;
  g_assert_true (acts (key, action));
  g_assert_true (gtk_widget_compute_bounds (key, GTK_WIDGET (room->window), &bounds));
  return (int) bounds.origin.x;
}

static gboolean
is_laid_out (gpointer data)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (GTK_WIDGET (limber_kiosk_flow_get_page (((Room *) data)->flow)), GTK_WIDGET (((Room *) data)->window), &bounds) && bounds.size.width > 0;
}

static void
test_mirrored (Room *room, gconstpointer data)
{
  speak (room, "ar");
  g_assert_cmpint (gtk_widget_get_direction (GTK_WIDGET (room->window)), ==, GTK_TEXT_DIR_RTL);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (room->window), "script-arabic"));
  room_press (room, "kiosk.check-in");
  g_assert_true (test_wait (is_laid_out, room));
  g_assert_cmpint (left_edge (room, "kiosk.day", 1), >, left_edge (room, "kiosk.day", 2));
  room_choose (room, "kiosk.day", 6);
  room_choose (room, "kiosk.month", 8);
  g_assert_true (test_wait (is_laid_out, room));
  g_assert_cmpint (left_edge (room, "kiosk.letter", 'A'), <, left_edge (room, "kiosk.letter", 'B'));
  room_press (room, "kiosk.languages");
  speak (room, "en");
  g_assert_cmpint (gtk_widget_get_direction (GTK_WIDGET (room->window)), ==, GTK_TEXT_DIR_LTR);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (room->window), "script-arabic"));
}

static void
test_dates_and_times (Room *room, gconstpointer data)
{
  static const struct { const char *code, *date, *morning, *evening; } cases[] = {
    { "en", "6 August 2026", "9:05am", "5pm" },          { "pl", "6 sierpnia 2026", "9:05", "17:00" },
    { "ro", "6 august 2026", "9:05", "17:00" },          { "gu", "6 ઑગસ્ટ 2026", "સવારે 9:05", "સાંજે 5:00" },
    { "ta", "6 ஆகஸ்ட் 2026", "காலை 9:05", "மாலை 5 மணி" }, { "ar", "6 أغسطس 2026", "9:05 صباحًا", "5 مساءً" },
  };
  gint64 morning, evening;

  g_assert_true (limber_time_parse ("2026-11-23T09:05:00Z", &morning));
  g_assert_true (limber_time_parse ("2026-11-23T17:00:00Z", &evening));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *date = NULL, *early = NULL, *late = NULL;

    g_assert_true (limber_kiosk_language_set (cases[i].code));
    date = limber_date_for_public ("2026-08-06");
    early = limber_time_for_public (morning);
    late = limber_time_for_public (evening);
    g_assert_cmpstr (date, ==, cases[i].date);
    g_assert_cmpstr (early, ==, cases[i].morning);
    g_assert_cmpstr (late, ==, cases[i].evening);
  }
  g_assert_false (limber_kiosk_language_set ("xx"));
  g_assert_cmpstr (limber_kiosk_language_get ()->code, ==, "ar");
  limber_kiosk_language_restore ();
}

static void
test_plurals (Room *room, gconstpointer data)
{
  static const struct { const char *code; int minutes; const char *words; } cases[] = {
    { "pl", 1, "1 minutę" }, { "pl", 3, "3 minuty" }, { "pl", 15, "15 minut " }, { "ro", 20, "20 de minute" }, { "ro", 5, "5 minute" },
    { "ar", 2, "دقيقتين" },  { "ar", 5, "5 دقائق" },  { "ar", 20, "20 دقيقة" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    LimberArriveAnswer answer = { .delay_minutes = cases[i].minutes };
    g_autofree char *words = NULL;

    g_assert_true (limber_kiosk_language_set (cases[i].code));
    words = limber_kiosk_words_delay (&answer);
    g_assert_nonnull (strstr (words, cases[i].words));
  }
  limber_kiosk_language_restore ();
}

/* How long a change takes until the page in the other language is there; tests/bench holds it to its figure. */
static void
test_is_quick (Room *room, gconstpointer data)
{
  double worst = 0;

  for (guint i = 0; i < 3 * limber_kiosk_language_count (); i++) {
    gint64 start = g_get_monotonic_time ();

    speak (room, limber_kiosk_language_nth (i % limber_kiosk_language_count ())->code);
    worst = MAX (worst, (double) (g_get_monotonic_time () - start) / 1000);
  }
  g_test_minimized_result (worst, "changing the language: %.1f ms at most", worst);
}

int
main (int argc, char **argv)
{
  static const struct { const char *path, *languages; void (*test) (Room *room, gconstpointer data); } tests[] = {
    { "/ui/kiosk/languages/every-page-and-the-line-at-the-top-change", "", test_every_page },
    { "/ui/kiosk/languages/who-changes-it-keeps-her-place-and-what-she-typed", "", test_keeps_her_place },
    { "/ui/kiosk/languages/are-you-still-there-leads-back-to-one-place", "", test_still_there },
    { "/ui/kiosk/languages/the-next-person-finds-the-sites-own", "", test_next_person },
    { "/ui/kiosk/languages/who-goes-from-the-first-page-leaves-none-behind", "", test_gone_from_the_first_page },
    { "/ui/kiosk/languages/a-site-says-which-and-which-first", "pl;en;xx", test_the_sites_own },
    { "/ui/kiosk/languages/arabic-is-mirrored-but-for-latin-letters", "", test_mirrored },
    { "/ui/kiosk/languages/dates-and-times-are-as-each-writes-them", "", test_dates_and_times },
    { "/ui/kiosk/languages/numbers-take-their-plurals", "", test_plurals },
    { "/ui/kiosk/languages/a-change-is-quick", "", test_is_quick },
  };

  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  limber_kiosk_style_load (gdk_display_get_default ());
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Room, tests[i].languages, set_up, tests[i].test, room_tear_down);
  return g_test_run ();
}
