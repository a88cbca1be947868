/* Who signs in, whose work waits, and what is done beside the table of roles. */
#include "gallery.h"
#include "sample.h"

static gboolean
is_check (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_CHECK_BUTTON (widget) && g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), label) == 0;
}

static void
check (Desk *desk, const char *label)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (desk_find (desk, is_check, label)), TRUE);
}

static void
choose_named (Desk *desk, const char *name)
{
  gtk_editable_set_text (GTK_EDITABLE (desk_find (desk, desk_is_of_type, (gconstpointer) GTK_TYPE_SEARCH_ENTRY)), name);
  SEES (desk, name);
  g_signal_emit_by_name (desk_find (desk, desk_is_of_type, (gconstpointer) GTK_TYPE_LIST_VIEW), "activate", 0);
}

static void
break_glass (LimberStore *store, const char *key, const char *who, const char *about, const char *reason, const char *note)
{
  g_autofree char *staff = sample_id_text (who), *patient = about != NULL ? sample_id_text (about) : NULL, *by = sample_id_text ("mary"), *site = sample_id_text ("site");
  LimberId id;

  sample_id (&id, key);
  test_store_put (store, "glass", &id, "staff", staff, "site", site, "reason", reason, "at", "2026-11-23T09:02:00Z", "until", "2026-11-23T10:02:00Z", "about", patient != NULL ? patient : "", NULL);
  if (note != NULL)
    test_store_put (store, "glass", &id, "reviewed", "2026-11-23T09:30:00Z", "reviewed_by", by, "note", note, NULL);
}

void
gallery_role_pages (const char *folder)
{
  Desk desk;
  LimberId belmont;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  desk_start_work (&desk, 12);
  sample_id (&belmont, "belmont");
  test_store_put (desk.store, "site", &belmont, "code", "LMB02", "name", "Belmont Health Centre", NULL);
  sample_colleague (desk.store, "grace", "Grace", "Featherstonehaugh-Adeyemi", "first-contact-practitioner", "belmont");
  sample_colleague (desk.store, "mary", "Mary", "Okonjo", "service-manager", "site");
  sample_colleague (desk.store, "erin", "Erin", "Walsh", "exercise-professional", "site");
  desk_act (&desk, "win.switch-user");
  SEES (&desk, "their work is open here");
  gallery_page (&desk, folder, "who-others-wait");
  desk_press (&desk, "I am from another site");
  SEES (&desk, "Who is here from another site?");
  gallery_page (&desk, folder, "who-elsewhere");
  choose_named (&desk, "Grace");
  SEES (&desk, "You are from another site");
  gallery_page (&desk, folder, "cover");
  desk_press (&desk, "Somebody else");
  SEES (&desk, "I am from another site");
  desk_press (&desk, "I am not on the list");
  SEES (&desk, "You are not on this computer");
  gallery_page (&desk, folder, "newcomer");
  desk_press (&desk, "Let me in for today");
  SEES (&desk, "Say in a few words why");
  gallery_page (&desk, folder, "newcomer-wrong");
  desk_press (&desk, "Back to the list");
  sample_silence (desk.store, 6);
  choose_named (&desk, "Erin");
  SEES (&desk, "It cannot know who has left");
  gallery_page (&desk, folder, "out-of-touch");
  check (&desk, "Central gives me a code by telephone");
  SEES (&desk, "Telephone a manager");
  gallery_page (&desk, folder, "out-of-touch-code");
  sample_silence (desk.store, 0);
  desk_press (&desk, "Somebody else");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  choose_named (&desk, "Mary");
  desk_give_pin (&desk, SAMPLE_PIN);
  SEES (&desk, "Monday 23-Nov-2026");
  gtk_widget_activate_action (GTK_WIDGET (desk_search_box (&desk)), "desk.go", "s", "glass");
  SEES (&desk, "Nothing waits for you");
  gallery_page (&desk, folder, "glass");
  break_glass (desk.store, "g1", "erin", "barton", "A fall in the hall, and nobody else of the staff was here to take it down as a referral", NULL);
  break_glass (desk.store, "g2", "grace", NULL, "Cover for the whole day, the manager could not be reached", NULL);
  break_glass (desk.store, "g3", "erin", "thomas", "The line to the other site was dead", "Rang both sites: in order.");
  SEES (&desk, "A fall in the hall");
  check (&desk, "Also what was looked at");
  SEES (&desk, "Rang both sites");
  gallery_page (&desk, folder, "glass-list");
  desk_act (&desk, "win.switch-user");
  SEES (&desk, "Erin Walsh");
  choose_named (&desk, "Erin");
  desk_give_pin (&desk, SAMPLE_PIN);
  SEES (&desk, "Glass is broken until");
  gallery_page (&desk, folder, "glass-broken");
  {
    LimberId erin;

    sample_id (&erin, "erin");
    test_store_put (desk.store, "staff", &erin, "left", "1", NULL);
  }
  SEES (&desk, "Erin Walsh was signed out");
  gallery_page (&desk, folder, "signed-out");
  desk_tear_down (&desk);
}
