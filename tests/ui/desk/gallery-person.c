/* A person's page: registering, changing, taking down a call, and what was. */
#include "gallery.h"
#include "sample.h"

/* Registering, changing, taking down a call, and what was. */
void
gallery_person_pages (const char *folder)
{
  Desk desk;
  LimberId id;
  g_autofree char *thompson = sample_id_text ("thompson");

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  desk_start_work (&desk, 20);
  gallery_show_sync (&desk);
  sample_id (&id, "thompson");
  test_store_put (desk.store, "patient", &id, "preferred", "Maggie", "kin", "Robert Thompson", "kin_relation", "son", "kin_phone", "07700 900461", "texts", "yes", "see_desk", "1", NULL);
  desk_select (&desk, "visit-thompson");
  desk_act (&desk, "desk.open");
  SEES (&desk, "Likes to be called Maggie");
  gallery_page (&desk, folder, "person");
  desk_act (&desk, "desk.for-person::edit");
  SEES (&desk, "How to reach this person");
  gallery_page (&desk, folder, "edit");
  desk_type_detail (&desk, "mobile", "07700 90");
  desk_type_detail (&desk, "born", "6 aug 54");
  desk_type_detail (&desk, "nhs_number", "999 000 0019");
  test_store_put (desk.store, "patient", &id, "mobile", "07700 900999", NULL);
  SEES (&desk, "Somebody else has just changed this to");
  gallery_page (&desk, folder, "edit-changed-meanwhile");
  desk_press (&desk, "_Save");
  gallery_page (&desk, folder, "edit-refused");
  desk_act (&desk, "desk.back");
  desk_act (&desk, "desk.for-person::edit");
  SEES (&desk, "did not save it");
  gallery_page (&desk, folder, "edit-kept");
  desk_press (&desk, "_Give up what I typed");
  desk_act (&desk, "desk.back");
  desk_act (&desk, "desk.for-person::refer");
  SEES (&desk, "In their own words");
  gallery_page (&desk, folder, "refer");
  desk_press (&desk, "_Take down");
  SEES (&desk, "Write down what the caller says");
  gallery_page (&desk, folder, "refer-refused");
  desk_act (&desk, "desk.back");
  sample_id (&id, "referral-1");
  test_store_put (desk.store, "referral", &id, "patient", thompson, "received", "2026-11-11", "source", "self-phone", "words",
                  "My left knee gives way on the stairs, and it has kept me awake since I fell in the garden.\nI would rather not have another injection.", "parts", "knee;hip", "side", "left", "caller_is", "family", "caller", "Robert Thompson",
                  "callback", "07700 900461", "times", "mornings", "since", "since Easter", "taken", "2026-11-11T09:12:00Z", NULL);
  sample_id (&id, "referral-2");
  test_store_put (desk.store, "referral", &id, "patient", thompson, "received", "2026-11-23", "source", "gp", "priority", "urgent", "reason", "Low back pain, three months", "withdrawn", "wrong person", NULL);
  desk_act (&desk, "desk.open");
  SEES (&desk, "12 days ago");
  gallery_page (&desk, folder, "person-referrals");
  desk_press (&desk, "History");
  SEES (&desk, "This is what this computer knows");
  SEES (&desk, "Before: 07700");
  gallery_page (&desk, folder, "history");
  desk_act (&desk, "desk.back");
  desk_type (&desk, "thompson 12/3/49");
  desk_act (&desk, "desk.register");
  SEES (&desk, "Is it one of these?");
  gallery_page (&desk, folder, "register");
  desk_type_detail (&desk, "given", "Dorothea");
  SEES (&desk, "THOMPSON");
  desk_press (&desk, "_Register");
  SEES (&desk, "press Register again");
  gallery_page (&desk, folder, "register-alike");
  desk_tear_down (&desk);
}
