#include "gallery.h"

#include "fake-central.h"
#include "limber-application.h"
#include "limber-error.h"
#include "limber-help-page.h"
#include "limber-trouble.h"
#include "sample.h"

/* People of one name, one of them with a restricted address, and names as long as they come. */
static void
put_namesakes (Desk *desk)
{
  LimberId id;

  sample_person (desk->store, "same-1", "Featherstonehaugh-Cholmondeley", "Maximilian Bartholomew", "The Rt Hon", "1954-08-06");
  sample_person (desk->store, "same-2", "Featherstonehaugh-Cholmondeley", "Maximilian Bartholomew", "Mr", "1981-01-02");
  sample_visit (desk->store, "visit-same-2", "same-2", "priya", 75);
  sample_person (desk->store, "same-3", "Featherston", "Max", NULL, "1990-11-30");
  sample_id (&id, "same-1");
  test_store_put (desk->store, "patient", &id, "restricted", "1", NULL);
  sample_id (&id, "same-2");
  test_store_put (desk->store, "patient", &id, "preferred", "Bart", NULL);
}

static void
working_pages (const char *folder)
{
  Desk desk;

  desk_set_up (&desk, TRUE, 75);
  SEES (&desk, "Priya Shah");
  gallery_page (&desk, folder, "who");
  desk_sign_in (&desk);
  SEES (&desk, "two people match");
  gallery_show_sync (&desk);
  gallery_page (&desk, folder, "today");
  desk_select (&desk, "visit-oconnor-2");
  SEES (&desk, "Two people match");
  gallery_page (&desk, folder, "selected");
  desk_type (&desk, "k");
  SEES (&desk, "More people match");
  gallery_page (&desk, folder, "results");
  put_namesakes (&desk);
  desk_type (&desk, "feather max");
  SEES (&desk, "Same name as somebody else");
  gallery_page (&desk, folder, "same-name");
  desk_type (&desk, "smiht");
  SEES (&desk, "Not quite what was typed");
  gallery_page (&desk, folder, "not-quite");
  desk_type (&desk, "zzzz");
  SEES (&desk, "Nobody here matches");
  gallery_page (&desk, folder, "nobody-found");
  desk_type (&desk, "thomas");
  SEES (&desk, "10:00 with Rachel Nowak · Booked");
  desk_enter (&desk);
  SEES (&desk, "David Thomas checked in");
  gallery_page (&desk, folder, "checked-in");
  desk_type (&desk, "ioana");
  SEES (&desk, "Ctrl Enter opens the person");
  desk_act (&desk, "desk.open");
  SEES (&desk, "Address and telephone are restricted");
  gallery_page (&desk, folder, "restricted");
  desk_type (&desk, "maximilian 1954");
  SEES (&desk, "06-Aug-1954");
  desk_act (&desk, "desk.open");
  SEES (&desk, "Somebody else with the same name is expected");
  gallery_page (&desk, folder, "namesake-expected");
  desk_act (&desk, "win.lock");
  SEES (&desk, "Locked.");
  desk_give_pin (&desk, "000001");
  SEES (&desk, "That PIN is not right.");
  gallery_page (&desk, folder, "wrong-pin");
  desk_tear_down (&desk);
}

/* Somebody seen, somebody who came too late, and a clinician who runs late. */
static void
course_pages (const char *folder)
{
  Desk desk;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  desk_start_work (&desk, 20);
  gallery_show_sync (&desk);
  sample_guessing (desk.store, 33);
  sample_come (desk.store, "visit-barton", "barton", 22);
  sample_arrive (desk.store, "visit-long", "long", 12);
  sample_step (desk.store, "visit-long", "long", "called", 37);
  sample_step (desk.store, "visit-long", "long", "with-clinician", 38);
  sample_step (desk.store, "visit-wisniewska", "wisniewska", "seen", 40);
  desk_select (&desk, "visit-barton");
  SEES (&desk, "Came at 09:22, not checked in");
  gallery_page (&desk, folder, "came-late");
  desk_select (&desk, "visit-thompson");
  SEES (&desk, "runs about 25 minutes late");
  gallery_page (&desk, folder, "runs-late");
  desk_select (&desk, "visit-wisniewska");
  SEES (&desk, "Not confirmed yet");
  gallery_page (&desk, folder, "seen");
  desk_act (&desk, "visit.confirm");
  SEES (&desk, "Confirmed");
  gallery_page (&desk, folder, "confirmed");
  sample_answers (desk.store, "visit-thomas", 3, LIMBER_RESPONSE_STOPPED, TRUE);
  SEES (&desk, "would rather be asked the questions by a person");
  desk_select (&desk, "visit-thompson");
  SEES (&desk, "Pain today: 6 of 10");
  gallery_page (&desk, folder, "answered");
  desk_act (&desk, "desk.open");
  SEES (&desk, "Confirmed 06-Aug-2026");
  gallery_page (&desk, folder, "answered-person");
  desk_tear_down (&desk);
}

static void
open_find_page (Desk *desk)
{
  desk_type (desk, "wickes 6/8/54");
  SEES (desk, "Ask the central service");
  desk_act (desk, "desk.find");
  SEES (desk, "Who is it?");
}

static void
ask_again (Desk *desk)
{
  desk_press (desk, "Ask");
  SEES (desk, "Asking the central service");
}

static void
find_pages (const char *folder)
{
  static const char *const people[] = { "found-1", "found-2", "found-3" };
  Desk desk;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  desk_start_work (&desk, 20);
  fake_central_begin (&desk);
  gallery_show_sync (&desk);
  open_find_page (&desk);
  gallery_page (&desk, folder, "find");
  ask_again (&desk);
  gallery_page (&desk, folder, "find-asking");
  fake_central_find (people, 0);
  SEES (&desk, "Nobody like that is known");
  gallery_page (&desk, folder, "find-none");
  ask_again (&desk);
  fake_central_answer (json_pack ("{s:s, s:s, s:[]}", "inquiry", "0194d6a0-0000-7000-8000-000000000001", "result", "too-many", "people"));
  SEES (&desk, "Too many people match");
  gallery_page (&desk, folder, "find-too-many");
  ask_again (&desk);
  fake_central_refuse (LIMBER_ERROR_UNREACHABLE, "silence");
  SEES (&desk, "cannot be reached");
  gallery_page (&desk, folder, "find-offline");
  ask_again (&desk);
  fake_central_refuse (LIMBER_ERROR_REFUSED, "This computer has asked for people 30 times in the last hour, which is the most that is allowed. Wait a while, or go on as with somebody new.");
  SEES (&desk, "30 times");
  gallery_page (&desk, folder, "find-refused");
  ask_again (&desk);
  fake_central_find (people, 3);
  SEES (&desk, "3 people match");
  gallery_page (&desk, folder, "find-found");
  g_signal_emit_by_name (desk_find (&desk, desk_is_of_type, (gconstpointer) GTK_TYPE_LIST_VIEW), "activate", 0);
  fake_central_answer (json_pack ("{s:s}", "day", "2026-11-23"));
  SEES (&desk, "on the way");
  gallery_page (&desk, folder, "find-coming");
  fake_central_let_come (&desk, "found-1");
  SEES (&desk, "Here for this visit only");
  gallery_page (&desk, folder, "visiting");
  fake_central_end (&desk);
  desk_tear_down (&desk);
}

static void
compare_pages (const char *folder)
{
  Desk desk;
  LimberId id;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  desk_start_work (&desk, 20);
  sample_pair (desk.store);
  sample_id (&id, "pair-other");
  SEES (&desk, "may be here twice");
  gallery_page (&desk, folder, "task-duplicate");
  desk_press (&desk, "Compare…");
  SEES (&desk, "BAKER, Kath");
  gallery_page (&desk, folder, "compare");
  sample_visit (desk.store, "visit-pair-one", "pair-one", "rachel", 120);
  sample_visit (desk.store, "visit-pair-other", "pair-other", "priya", 130);
  test_store_put (desk.store, "patient", &id, "restricted", "1", "address", "1 Hidden Lane", NULL);
  SEES (&desk, "Both have an appointment at the same time");
  gallery_page (&desk, folder, "compare-doubt");
  test_store_put (desk.store, "patient", &id, "nhs_number", "9990000018", "nhs_typed", "", "nhs_status", "02", NULL);
  SEES (&desk, "These are two people");
  gallery_page (&desk, folder, "compare-two");
  desk_act (&desk, "desk.back");
  test_store_put (desk.store, "patient", &id, "nhs_number", "", "restricted", "0", NULL);
  desk_press (&desk, "Compare…");
  SEES (&desk, "BAKER, Kath");
  desk_press (&desk, "Two people");
  SEES (&desk, "Two people. Nobody");
  gallery_page (&desk, folder, "compare-done");
  {
    g_autofree char *into = sample_id_text ("pair-one");

    test_store_put (desk.store, "patient", &id, "merged_into", into, NULL);
  }
  desk_type (&desk, "00456");
  SEES (&desk, "BAKER-FEATHERSTONEHAUGH, Katherine");
  desk_act (&desk, "desk.open");
  SEES (&desk, "Also recorded as");
  gallery_page (&desk, folder, "several-records");
  desk_act (&desk, "desk.back");
  {
    g_autofree char *one = sample_id_text ("pair-one"), *elsewhere = sample_id_text ("pair-elsewhere"), *site = sample_id_text ("site"), *both = g_strdup_printf ("%s;%s", one, elsewhere);

    test_store_put (desk.store, "task", &id, "about", "duplicate", "patient", one, "site", site, "candidates", both, "text", "names-born", "made", "2026-11-23T08:00:00Z", "status", "open", NULL);
  }
  SEES (&desk, "same name and date of birth");
  desk_press (&desk, "Compare…");
  SEES (&desk, "Only one of the two records");
  gallery_page (&desk, folder, "compare-gone");
  desk_tear_down (&desk);
}

/* A long day's evening, and some that are left of days before. */
static void
day_pages (const char *folder)
{
  Desk desk;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  g_setenv ("LIMBER_PRINT_TO", "/nonexistent/limber.pdf", TRUE); /* as with a printer that is broken */
  desk_start_work (&desk, 126);
  gallery_show_sync (&desk);
  sample_visit (desk.store, "visit-old-1", "thompson", "priya", -3 * 24 * 60);
  sample_visit (desk.store, "visit-old-2", "long", "rachel", -24 * 60 + 40);
  SEES (&desk, "2 appointments of earlier days are not closed");
  gallery_page (&desk, folder, "earlier-days");
  desk.clock.now += 9 * 60 * G_GINT64_CONSTANT (60000);
  desk_act (&desk, "day.end");
  SEES (&desk, "Booked: came or not?");
  gallery_page (&desk, folder, "day-end");
  desk_act (&desk, "day.building");
  SEES (&desk, "there is no printer that can be used");
  gallery_page (&desk, folder, "building");
  desk_act (&desk, "day.retype");
  SEES (&desk, "O'CONNOR, Declan");
  gallery_page (&desk, folder, "retype");
  desk_tear_down (&desk);
  desk_start_work (&desk, 12);
  desk_act (&desk, "day.end");
  SEES (&desk, "Everything is closed");
  gallery_page (&desk, folder, "day-end-empty");
  desk_tear_down (&desk);
  desk_start_work (&desk, 0);
  desk_act (&desk, "day.building");
  SEES (&desk, "Nobody that this computer knows of");
  gallery_page (&desk, folder, "building-empty");
  desk_act (&desk, "day.retype");
  SEES (&desk, "Nobody was booked here on this day");
  gallery_page (&desk, folder, "retype-empty");
  desk_tear_down (&desk);
  g_unsetenv ("LIMBER_PRINT_TO");
}


static void
empty_pages (const char *folder)
{
  Desk desk;

  desk_set_up (&desk, FALSE, 0);
  SEES (&desk, "Nobody can sign in here yet");
  gallery_page (&desk, folder, "no-pins");
  sample_staff (desk.store, TRUE);
  desk_sign_in (&desk);
  SEES (&desk, "Nobody is booked here today");
  gallery_page (&desk, folder, "empty");
  desk_tear_down (&desk);
}

static gboolean
is_help_search (GtkWidget *widget, gconstpointer nothing)
{
  return GTK_IS_SEARCH_ENTRY (widget) && gtk_widget_get_ancestor (widget, LIMBER_TYPE_HELP_PAGE) != NULL;
}

static void
keys_page (const char *folder)
{
  Desk keys = { .window = (LimberWindow *) limber_application_new_keys (NULL) };

  gtk_window_present (GTK_WINDOW (keys.window));
  gallery_page (&keys, folder, "keys");
  gtk_window_destroy (GTK_WINDOW (keys.window));
}

static void
help_pages (const char *folder)
{
  Desk desk;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  desk_set_up (&desk, TRUE, 12);
  SEES (&desk, "Priya Shah");
  desk_act (&desk, "win.help");
  SEES (&desk, "Begin here");
  gallery_page (&desk, folder, "help-before-sign-in");
  g_signal_emit_by_name (desk_find (&desk, desk_is_of_type, (gconstpointer) LIMBER_TYPE_HELP_PAGE), "left");
  desk_sign_in (&desk);
  desk_act (&desk, "win.help");
  SEES (&desk, "Begin here");
  gtk_widget_activate_action (GTK_WIDGET (desk.window), "desk.go", "s", "help:line");
  SEES (&desk, "When the line is down");
  gallery_page (&desk, folder, "help");
  gtk_editable_set_text (GTK_EDITABLE (desk_find (&desk, is_help_search, NULL)), "xylophone");
  SEES (&desk, "Nothing in help has these words");
  gallery_page (&desk, folder, "help-nothing");
  keys_page (folder);
  desk_tear_down (&desk);
}

static void
trouble_pages (const char *folder)
{
  static const struct { LimberError code; const char *name; } troubles[] = {
    { LIMBER_ERROR_BUSY, "busy" }, { LIMBER_ERROR_NOT_FOUND, "no-store" }, { LIMBER_ERROR_DEPARTED, "departed" }, { LIMBER_ERROR_NEWER, "newer" },
    { LIMBER_ERROR_DAMAGED, "damaged" }, { LIMBER_ERROR_DISK_FULL, "disk-full" }, { LIMBER_ERROR_REFUSED, "other-class" },
  };
  Desk desk;

  desk_set_up (&desk, FALSE, 0);
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++) {
    g_autoptr (GError) error = g_error_new (LIMBER_ERROR, troubles[i].code, "The store in /var/lib/limber/front-desk is what this says about it.");
    g_autoptr (LimberTrouble) trouble = limber_trouble_new (error, "limber", "/var/lib/limber/front-desk");

    limber_window_tell_trouble (desk.window, trouble);
    SEES (&desk, trouble->title);
    gallery_page (&desk, folder, troubles[i].name);
  }
  desk_tear_down (&desk);
}

int
main (int argc, char **argv)
{
  const char *folder = argc > 1 ? argv[1] : NULL;

  desk_begin ();
  gallery_only (argc > 2 ? argv + 2 : NULL);
  gallery_look_further (TRUE);
  working_pages (folder);
  course_pages (folder);
  find_pages (folder);
  compare_pages (folder);
  day_pages (folder);
  empty_pages (folder);
  help_pages (folder);
  trouble_pages (folder);
  gallery_person_pages (folder);
  gallery_list_pages (folder);
  gallery_role_pages (folder);
  gallery_diary_pages (folder);
  gallery_setup_pages (folder);
  return gallery_end ();
}
