/* The diary. */
#include "gallery.h"
#include "sample.h"

static void
go_diary (Desk *desk, const char *what, const char *key)
{
  g_autofree char *id = sample_id_text (key), *target = g_strdup_printf ("diary:%s:%s", what, id);

  desk_go (desk, target);
}

/* As many clinicians and people as a large site has on a day. */
static void
put_many (Desk *desk)
{
  g_autofree char *site = sample_id_text ("site");

  for (guint i = 0; i < 20; i++) {
    g_autofree char *key = g_strdup_printf ("many-%u", i), *number = g_strdup_printf ("S1%03u", i), *given = g_strdup_printf ("Robin%c", 'A' + i), *clinic = g_strdup_printf ("many-clinic-%u", i), *with = sample_id_text (key);
    LimberId id;

    sample_id (&id, key);
    test_store_put (desk->store, "staff", &id, "number", number, "given", given, "family", "Adeyemi-Clarke", "role", "physiotherapist", "site", site, NULL);
    sample_id (&id, clinic);
    test_store_put (desk->store, "clinic", &id, "site", site, "clinician", with, "first", "2026-11-23", "every", "1", "begins", "540", "ends", "1020", "minutes", "20", NULL);
    for (guint j = 0; j < 15; j++) {
      g_autofree char *visit = g_strdup_printf ("many-%u-%u", i, j), *person = g_strdup_printf ("p%u", 12 + (i * 15 + j) % 60);

      sample_visit (desk->store, visit, person, key, (int) j * 20);
    }
  }
}

void
gallery_diary_pages (const char *folder)
{
  Desk desk;
  LimberId id;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  desk_start_work (&desk, 20);
  gallery_show_sync (&desk);
  sample_clinics (desk.store);
  desk_go (&desk, "diary");
  SEES (&desk, "Jane Clarke");
  gallery_page (&desk, folder, "diary");
  go_diary (&desk, "for", "li");
  SEES (&desk, "Booking for");
  desk_act_in (&desk, "LimberDiaryGrid", "diary.next-free");
  SEES (&desk, "How many");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (desk_find (&desk, desk_is_of_type, (gconstpointer) GTK_TYPE_SPIN_BUTTON)), 4);
  SEES (&desk, "Monday 04-Jan-2027");
  gallery_page (&desk, folder, "diary-booking");
  go_diary (&desk, "move", "visit-munteanu");
  SEES (&desk, "Moving the appointment of");
  gallery_page (&desk, folder, "diary-moving");
  go_diary (&desk, "cancel", "visit-munteanu");
  SEES (&desk, "The patient cancels");
  gallery_page (&desk, folder, "diary-cancel");
  desk_go (&desk, "diary:date:2026-11-24");
  SEES (&desk, "Nobody is seen on this day");
  gallery_page (&desk, folder, "diary-empty");
  sample_id (&id, "holiday");
  test_store_put (desk.store, "closure", &id, "first", "2026-11-30", "last", "2026-11-30", "name", "Training of all staff", NULL);
  desk_go (&desk, "diary:date:2026-11-30");
  SEES (&desk, "Closed: Training");
  gallery_page (&desk, folder, "diary-closed");
  desk_tear_down (&desk);
  desk_start_work (&desk, 75);
  put_many (&desk);
  desk_go (&desk, "diary");
  SEES (&desk, "RobinA Adeyemi-Clarke");
  gallery_page (&desk, folder, "diary-many");
  desk_tear_down (&desk);
}
