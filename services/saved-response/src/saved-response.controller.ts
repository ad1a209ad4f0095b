import type { InputOf } from '@conversations/contracts';
import {
  CreateSavedResponse,
  CreateSavedResponseCategory,
  DeleteSavedResponse,
  DeleteSavedResponseCategory,
  GetSavedResponses,
  ListSavedResponseCategories,
  ListSavedResponses,
  UpdateSavedResponse,
  UpdateSavedResponseCategory,
} from '@conversations/contracts';
import { OnRequest } from '@conversations/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { listCategories } from './category/category.entity';
import { CreateCategory } from './category/create-category';
import { DeleteCategory } from './category/delete-category';
import { UpdateCategory } from './category/update-category';
import { CreateResponse } from './response/create-response';
import { DeleteResponse } from './response/delete-response';
import { ListResponses } from './response/list-responses';
import { UpdateResponse } from './response/update-response';

/** Everything the service answers. */
@Controller()
export class SavedResponseController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly responses: ListResponses,
    private readonly creating: CreateResponse,
    private readonly updating: UpdateResponse,
    private readonly deleting: DeleteResponse,
    private readonly creatingCategory: CreateCategory,
    private readonly updatingCategory: UpdateCategory,
    private readonly deletingCategory: DeleteCategory,
  ) {}

  @OnRequest(ListSavedResponseCategories)
  async listCategories() {
    const categories = await listCategories(this.dataSource.manager);
    return { items: categories.map((category) => category.snapshot()) };
  }

  @OnRequest(ListSavedResponses)
  listSavedResponses(input: InputOf<typeof ListSavedResponses>) {
    return this.responses.list(input);
  }

  @OnRequest(GetSavedResponses)
  getSavedResponses(input: InputOf<typeof GetSavedResponses>) {
    return this.responses.get(input);
  }

  @OnRequest(CreateSavedResponse)
  createSavedResponse(input: InputOf<typeof CreateSavedResponse>) {
    return this.creating.run(input);
  }

  @OnRequest(UpdateSavedResponse)
  updateSavedResponse(input: InputOf<typeof UpdateSavedResponse>) {
    return this.updating.run(input);
  }

  @OnRequest(DeleteSavedResponse)
  deleteSavedResponse(input: InputOf<typeof DeleteSavedResponse>) {
    return this.deleting.run(input);
  }

  @OnRequest(CreateSavedResponseCategory)
  createCategory(input: InputOf<typeof CreateSavedResponseCategory>) {
    return this.creatingCategory.run(input);
  }

  @OnRequest(UpdateSavedResponseCategory)
  updateCategory(input: InputOf<typeof UpdateSavedResponseCategory>) {
    return this.updatingCategory.run(input);
  }

  @OnRequest(DeleteSavedResponseCategory)
  deleteCategory(input: InputOf<typeof DeleteSavedResponseCategory>) {
    return this.deletingCategory.run(input);
  }
}
